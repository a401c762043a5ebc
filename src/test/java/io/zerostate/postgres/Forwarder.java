package io.zerostate.postgres;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.zerostate.config.DatabaseSettings;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and the server, so that a test can take the server away and bring it back. */
public final class Forwarder {
    private final Vertx vertx;
    private final DatabaseSettings target;
    private final NetClient client;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private NetServer server;
    private final int port;

    public Forwarder(Vertx vertx, DatabaseSettings target) {
        this.vertx = vertx;
        this.target = target;
        this.client = vertx.createNetClient();
        this.server = listen(0);
        this.port = server.actualPort();
    }

    /** How to reach the server through here. */
    public DatabaseSettings settings() {
        URI uri = URI.create(target.url());
        return new DatabaseSettings(
                "postgresql://127.0.0.1:" + port + uri.getPath(), target.user(), target.password(), target.poolSize());
    }

    /** Connections break, and new ones are refused. */
    public void cut() {
        Answers.of(server.close());
        open.forEach(NetSocket::close);
        open.clear();
    }

    public void restore() {
        server = listen(port);
    }

    private NetServer listen(int wanted) {
        return Answers.of(vertx.createNetServer()
                .connectHandler(this::forward)
                .listen(wanted, "127.0.0.1"));
    }

    private void forward(NetSocket incoming) {
        open.add(incoming);
        incoming.pause();
        client.connect(URI.create(target.url()).getPort(), "127.0.0.1")
                .onSuccess(outgoing -> {
                    open.add(outgoing);
                    incoming.pipeTo(outgoing);
                    outgoing.pipeTo(incoming);
                })
                .onFailure(failure -> incoming.close());
    }
}
