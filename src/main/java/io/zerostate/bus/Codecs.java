package io.zerostate.bus;

import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.stream.Stream;

/** The codec of every message. */
final class Codecs {
    static final List<WireCodec<?>> ALL = Stream.of(
                    AgentCodecs.ALL, AttemptCodecs.ALL, NewsCodecs.ALL, TaskCodecs.ALL)
            .<WireCodec<?>>flatMap(List::stream)
            .toList();

    private Codecs() {}

    static void registerAll(EventBus eventBus) {
        ALL.forEach(codec -> register(eventBus, codec));
    }

    private static <M extends BusMessage> void register(EventBus eventBus, WireCodec<M> codec) {
        eventBus.registerDefaultCodec(codec.type(), codec);
    }
}
