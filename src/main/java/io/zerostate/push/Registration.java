package io.zerostate.push;

import io.vertx.core.Future;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;

/** One address that one socket listens to. Belongs to the context of its socket. */
final class Registration implements StreamClient {
    private final BridgeSocket socket;
    private final PublicAddress address;
    private final String head;
    private Runnable ending = () -> {};
    private Runnable whenSilent = () -> {};
    private boolean silent;
    private boolean ended;

    Registration(BridgeSocket socket, PublicAddress address) {
        this.socket = socket;
        this.address = address;
        this.head = "{\"type\":\"rec\",\"address\":\"" + address.name() + "\"";
    }

    PublicAddress address() {
        return address;
    }

    /** @param ending stops what sends here */
    void begin(Runnable ending) {
        this.ending = ending;
    }

    /** Sends a message that is for many; safe from any thread. */
    void tell(PublicMessage message) {
        socket.write(head + ",\"body\":" + message.json() + "}");
    }

    /** The client does not listen any more. */
    void cancel() {
        ended = true;
        ending.run();
    }

    /** Nothing was sent since it was called last. */
    void checkSilence() {
        if (silent && !isClosed()) {
            whenSilent.run();
        }
        silent = true;
    }

    @Override
    public void open(Runnable whenSilent) {
        this.whenSilent = whenSilent;
    }

    @Override
    public Future<Void> send(PublicMessage message, String id) {
        silent = false;
        if (isClosed()) {
            return Future.failedFuture("closed");
        }
        String headers = id.isEmpty() ? "" : ",\"headers\":{\"last-event-id\":\"" + id + "\"}";
        return socket.write(head + headers + ",\"body\":" + message.json() + "}");
    }

    /** The registration stays, and nothing comes. */
    @Override
    public void nothingNew() {
        ended = true;
    }

    @Override
    public void refuse(Throwable reason) {
        // Whether a task of somebody else exists is not told either.
        boolean absent = reason instanceof RefusedException refused && refused.code() == ErrorCode.TASK_NOT_FOUND;
        socket.refuse(this, absent ? BridgeProblem.ACCESS_DENIED : BridgeProblem.UNAVAILABLE);
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public boolean isClosed() {
        return ended || socket.isClosed();
    }
}
