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
    private final DatabaseSettings target;
    private final NetClient client;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final NetServer server;
    private volatile boolean away;

    public Forwarder(Vertx vertx, DatabaseSettings target) {
        this.target = target;
        this.client = vertx.createNetClient();
        this.server = Answers.of(
                vertx.createNetServer().connectHandler(this::forward).listen(0, "127.0.0.1"));
    }

    /** How to reach the server through here. */
    public DatabaseSettings settings() {
        URI uri = URI.create(target.url());
        return new DatabaseSettings(
                "postgresql://127.0.0.1:" + server.actualPort() + uri.getPath(), target.user(), target.password(), target.poolSize());
    }

    /** Connections break, and new ones end at once. */
    public void cut() {
        away = true;
        open.forEach(NetSocket::close);
        open.clear();
    }

    public void restore() {
        away = false;
    }

    /** Connections stay and carry nothing more, as from a server that hangs. */
    void freeze() {
        open.forEach(NetSocket::pause);
    }

    private void forward(NetSocket incoming) {
        if (away) {
            incoming.close();
            return;
        }
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
