package io.zerostate.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** The codec of every message. */
final class Codecs {
    private Codecs() {}

    static void registerAll(EventBus eventBus) {
        for (Class<?> type : BusMessage.class.getPermittedSubclasses()) {
            register(eventBus, type.asSubclass(BusMessage.class));
        }
    }

    private static <M extends BusMessage> void register(EventBus eventBus, Class<M> type) {
        eventBus.registerDefaultCodec(type, new LocalCodec<>(type));
    }

    private record LocalCodec<M extends BusMessage>(Class<M> type) implements MessageCodec<M, M> {
        @Override
        public void encodeToWire(Buffer buffer, M message) {
            throw new IllegalStateException(type.getSimpleName() + " stays inside its node");
        }

        @Override
        public M decodeFromWire(int position, Buffer buffer) {
            throw new IllegalStateException(type.getSimpleName() + " stays inside its node");
        }

        @Override
        public M transform(M message) {
            return message;
        }

        @Override
        public String name() {
            return type.getSimpleName();
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
