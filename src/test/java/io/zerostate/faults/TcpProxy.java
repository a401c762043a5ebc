package io.zerostate.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/** The network between a client and a server on this machine, which a test can cut. */
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final IntSupplier target;
    private final ServerSocket server;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile CountDownLatch thaw = new CountDownLatch(0);
    private volatile Trap trap = new Trap("", new CompletableFuture<>());

    /** Cuts the connection that carries this text to the server, once the server has answered. */
    private record Trap(String text, CompletableFuture<Void> sprung) {
        boolean matches(String bytes) {
            return !text.isEmpty() && !sprung.isDone() && bytes.contains(text);
        }
    }

    /**
     * @param host where it listens
     * @param target port of the server on this machine, asked for with each connection
     */
    TcpProxy(String host, IntSupplier target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 0, InetAddress.getByName(host));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Host and port. */
    String address() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    /** Connections break, and new ones break at once. */
    void cut() {
        cut = true;
        open.forEach(Connection::close);
    }

    /** Connections stay and carry nothing, as when a cable is pulled. */
    void freeze() {
        thaw = new CountDownLatch(1);
    }

    /** What was held back passes now, and new connections stay. */
    void restore() {
        cut = false;
        thaw.countDown();
    }

    /**
     * The next request that has this text in it reaches the server, and its answer does not reach the client: the connection is cut
     * in its place.
     *
     * @return done then
     */
    CompletableFuture<Void> cutBeforeAnswerTo(String text) {
        trap = new Trap(text, new CompletableFuture<>());
        return trap.sprung;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Connection connection = new Connection(client, new Socket(InetAddress.getLoopbackAddress(), target.getAsInt()));
            open.add(connection);
            if (cut) {
                connection.close();
            }
            Thread.ofVirtual().start(connection::requests);
            connection.answers();
        } catch (IOException unreachable) {
            closeQuietly(client);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is.
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket upstream;
        private volatile Trap caught = new Trap("", new CompletableFuture<>());

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void requests() {
            pump(client, upstream, bytes -> {
                Trap set = trap;
                if (set.matches(bytes)) {
                    caught = set;
                }
                return true;
            });
        }

        void answers() {
            pump(upstream, client, bytes -> caught.text.isEmpty());
            if (!caught.text.isEmpty()) {
                caught.sprung.complete(null);
            }
        }

        private void pump(Socket from, Socket to, Passage passage) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    thaw.await();
                    if (!passage.admits(new String(buffer, 0, count, StandardCharsets.ISO_8859_1))) {
                        break;
                    }
                    out.write(buffer, 0, count);
                }
            } catch (IOException broken) {
                // Both ends learn of it below.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        void close() {
            open.remove(this);
            closeQuietly(client);
            closeQuietly(upstream);
        }
    }

    @FunctionalInterface
    private interface Passage {
        boolean admits(String bytes);
    }

    @Override
    public void close() throws IOException {
        server.close();
        restore();
        open.forEach(Connection::close);
    }
}
