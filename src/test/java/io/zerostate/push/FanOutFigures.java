package io.zerostate.push;

import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.bus.TaskEvent;
import io.zerostate.metrics.PushMetrics.Transport;
import io.zerostate.task.OutputStreamName;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What live clients cost, as figures: run its {@code main}, for instance by {@code mvn -q test-compile exec:java
 * -Dexec.classpathScope=test -Dexec.mainClass=io.zerostate.push.FanOutFigures}. Clients and node share this process and its cores.
 */
final class FanOutFigures {
    private static final int SOCKETS = 500;
    private static final int HUNG = 100;
    private static final int CHUNK = 64 * 1024;
    private static final long MIB = 1L << 20;

    private FanOutFigures() {}

    public static void main(String[] arguments) throws Exception {
        watching();
        for (int events : new int[] {1, 10, 100}) {
            fanOut(events);
        }
        hung();
        System.exit(0);
    }

    private static void watching() throws Exception {
        try (LiveNode node = new LiveNode(PushLimits.DEFAULT);
                Clients clients = new Clients(node)) {
            clients.connect(1, "tasks." + node.queuedTask().id);
            long before = usedHeap();
            clients.connect(SOCKETS, "tasks." + node.queuedTask().id);
            say("a watching socket, heap of both of its ends: %d bytes", (usedHeap() - before) / SOCKETS);
        }
    }

    private static void fanOut(int eventsPerBatch) throws Exception {
        try (LiveNode node = new LiveNode(PushLimits.DEFAULT);
                Clients clients = new Clients(node)) {
            StoredTask task = node.queuedTask();
            clients.connect(SOCKETS, "tasks." + task.id);
            node.publish(task.start());
            long offset = 0;
            long sent = 0;
            for (int round = 0; round < 2; round++) {
                clients.heard.reset();
                long started = System.nanoTime();
                long cpu = cpu();
                for (int batch = 0; batch < 4_000 / eventsPerBatch; batch++) {
                    TaskEvent[] events = new TaskEvent[eventsPerBatch];
                    for (int i = 0; i < events.length; i++) {
                        events[i] = task.write(OutputStreamName.STDOUT, offset, "a line of a hundred characters or so, as programs write them to show what they do\n");
                        offset += ((TaskEvent.Wrote) events[i]).bytes().length();
                    }
                    node.publish(events);
                    sent += events.length;
                    // A window, so that what is measured is the rate at which it gets through, and nobody is dropped for the clients' slowness.
                    while (sent * SOCKETS - clients.total.sum() > 200L * SOCKETS
                            && node.metrics.clients(Transport.SOCKJS) == SOCKETS) {
                        LockSupport.parkNanos(50_000);
                    }
                }
                while (clients.total.sum() < sent * SOCKETS && node.metrics.clients(Transport.SOCKJS) == SOCKETS) {
                    LockSupport.parkNanos(100_000);
                }
                double seconds = (System.nanoTime() - started) / 1e9;
                long messages = clients.heard.sum();
                say("%d sockets, batches of %d: %.0f events/s, %.0f messages/s, %.1f us of processor time each, node and clients; %d dropped",
                        SOCKETS, eventsPerBatch, messages / SOCKETS / seconds, messages / seconds,
                        (cpu() - cpu) / 1e3 / messages, SOCKETS - node.metrics.clients(Transport.SOCKJS));
            }
        }
    }

    private static void hung() throws Exception {
        try (LiveNode node = new LiveNode(PushLimits.DEFAULT)) {
            StoredTask task = node.queuedTask();
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < HUNG; i++) {
                sockets.add(neverReads(node.port, "tasks." + task.id));
            }
            while (node.metrics.clients(Transport.SOCKJS) < HUNG) {
                LockSupport.parkNanos(1_000_000);
            }
            node.publish(task.start());
            String text = "x".repeat(CHUNK);
            long heap = usedHeap();
            long direct = direct();
            long system = system();
            long mostHeap = heap;
            long mostDirect = direct;
            long mostSystem = system;
            int chunks = 0;
            for (; node.metrics.clients(Transport.SOCKJS) > 0 && chunks < 1_000; chunks++) {
                node.publish(task.write(OutputStreamName.STDOUT, (long) chunks * CHUNK, text));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                mostHeap = Math.max(mostHeap, usedHeap());
                mostDirect = Math.max(mostDirect, direct());
                mostSystem = Math.max(mostSystem, system());
            }
            say("%d sockets that never read, 1.3 MB/s to each: all dropped after %d chunks of 64 KiB; at most heap +%d MiB, buffers +%d MiB, the"
                            + " system's +%d MiB; heap after %+d MiB",
                    HUNG, chunks, (mostHeap - heap) / MIB, (mostDirect - direct) / MIB, (mostSystem - system) / MIB,
                    (usedHeap() - heap) / MIB);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket neverReads(int port, String address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        OutputStream out = socket.getOutputStream();
        out.write(("GET /eventbus/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        // The answer has to be there before the first frame; what comes after it stays where it is.
        int lines = 0;
        for (int last = 0, c = socket.getInputStream().read(); lines < 2; c = socket.getInputStream().read()) {
            lines = c == '\n' && last == '\n' ? 2 : 0;
            last = c == '\r' ? last : c;
            if (lines == 2) {
                break;
            }
        }
        byte[] text = new JsonObject().put("type", "register").put("address", address).encode().getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + text.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(text, 0, frame, 6, text.length);
        out.write(frame);
        return socket;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long direct() {
        return PlatformDependent.usedDirectMemory();
    }

    /** Buffers of TCP in the kernel. */
    private static long system() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/sockstat")).stream()
                .filter(line -> line.startsWith("TCP:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".* mem ", "")) * 4096)
                .sum();
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(format, values));
    }

    /** Sockets that read what they are sent, and count it. */
    private static final class Clients implements AutoCloseable {
        private final LiveNode node;
        private final Vertx vertx = Vertx.vertx();
        private final WebSocketClient client =
                vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(10_000).setMaxMessageSize(1 << 20));
        private final AtomicInteger names = new AtomicInteger();
        private final LongAdder heard = new LongAdder();
        private final LongAdder total = new LongAdder();

        Clients(LiveNode node) {
            this.node = node;
        }

        void connect(int count, String address) {
            List<Future<?>> registered = new ArrayList<>();
            LongAdder answered = new LongAdder();
            for (int i = 0; i < count; i++) {
                registered.add(client.connect(new WebSocketConnectOptions()
                                .setHost("127.0.0.1")
                                .setPort(node.port)
                                .setURI("/eventbus/000/s" + names.incrementAndGet() + "/websocket"))
                        .compose(socket -> register(socket, address, answered)));
            }
            Future.all(registered).await();
            while (answered.sum() < count) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        private Future<Void> register(WebSocket socket, String address, LongAdder answered) {
            socket.textMessageHandler(frame -> {
                if (frame.contains("task_update")) {
                    answered.increment();
                }
                for (int at = frame.indexOf("task_output"); at >= 0; at = frame.indexOf("task_output", at + 1)) {
                    heard.increment();
                    total.increment();
                }
            });
            String registration = new JsonObject().put("type", "register").put("address", address).encode();
            return socket.writeTextMessage(new JsonArray().add(registration).encode());
        }

        @Override
        public void close() {
            vertx.close().await();
        }
    }
}
