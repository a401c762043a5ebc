package io.zerostate.push;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what is written to one socket at about the same time. SockJS can carry many messages in one frame, but a session does so only with
 * those that it is given from another context than that of its connection; so they are given from one. Safe from any thread.
 */
final class Outbox {
    private final SockJSSocket socket;
    private final Context writer;
    private List<Letter> letters = new ArrayList<>();

    private record Letter(String text, Promise<Void> written) {}

    /** @param writer another context than that of the connection */
    Outbox(SockJSSocket socket, Context writer) {
        this.socket = socket;
        this.writer = writer;
    }

    /** @return done when the text has left this node */
    Future<Void> write(String text) {
        Promise<Void> written = Promise.promise();
        boolean first;
        synchronized (this) {
            first = letters.isEmpty();
            letters.add(new Letter(text, written));
        }
        if (first) {
            writer.runOnContext(turn -> post());
        }
        return written.future();
    }

    private void post() {
        List<Letter> gathered;
        synchronized (this) {
            gathered = letters;
            letters = new ArrayList<>();
        }
        gathered.forEach(letter -> socket.write(letter.text()).onComplete(letter.written()));
    }
}
