package io.zerostate.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The codec of one message. Within a node the message itself is handed over; between nodes its body travels as one frame.
 *
 * @param type the message's class
 * @param name the wire name with its version, as {@code task.execute/1}
 */
record WireCodec<M extends BusMessage>(Class<M> type, String name, Encoding<M> body) implements MessageCodec<M, M> {
    static <M extends BusMessage> WireCodec<M> of(
            Class<M> type, String name, BiConsumer<WireWriter, M> fields, Function<WireReader, M> reader) {
        return new WireCodec<>(type, name, Encoding.framed(fields, reader));
    }

    @Override
    public void encodeToWire(Buffer buffer, M message) {
        body.write(new WireWriter(buffer), message);
    }

    /**
     * @throws WireFormatException for anything but such a message, also where one of its values refuses what was read
     */
    @Override
    public M decodeFromWire(int position, Buffer buffer) {
        try {
            return body.read(new WireReader(buffer, position));
        } catch (RuntimeException e) {
            throw new WireFormatException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Messages are deeply immutable, so that sender and receiver can share one. */
    @Override
    public M transform(M message) {
        return message;
    }

    /** Minus one says: not one of Vert.x's own codecs. */
    @Override
    public byte systemCodecID() {
        return -1;
    }
}
