package io.zerostate.push;

import io.vertx.core.Future;

/** The client's side of a stream, over either transport. Belongs to one context. */
interface StreamClient {
    /**
     * The stream begins.
     *
     * @param whenSilent called after each interval in which nothing was sent
     */
    void open(Runnable whenSilent);

    /**
     * Sends one message. A client that does not read is dropped instead.
     *
     * @param id to come back to; empty for none
     * @return done when the message has left this node: who has much to send waits for it
     */
    Future<Void> send(PublicMessage message, String id);

    /** The client came for what it has already; instead of {@link #open}. */
    void nothingNew();

    /** There will be no stream; instead of {@link #open}. */
    void refuse(Throwable reason);

    /** The client has what it came for. */
    void end();

    /** True when nothing can be sent any more. */
    boolean isClosed();
}
