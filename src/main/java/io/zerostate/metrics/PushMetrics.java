package io.zerostate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Live clients of this node. Safe from any thread. */
public final class PushMetrics {
    /** How a client is connected. */
    public enum Transport {
        SSE,
        SOCKJS
    }

    private record Meters(AtomicInteger clients, Counter sent, Counter dropped) {}

    private final Map<Transport, Meters> meters = new EnumMap<>(Transport.class);

    /**
     * Registers {@code zerostate.push.clients}, {@code zerostate.push.events} (sent to clients) and {@code zerostate.push.dropped}
     * (clients dropped because they did not read), each by {@code transport}.
     */
    public PushMetrics(MeterRegistry registry) {
        for (Transport transport : Transport.values()) {
            String tag = transport.name().toLowerCase(Locale.ROOT);
            AtomicInteger clients = new AtomicInteger();
            Gauge.builder("zerostate.push.clients", clients, AtomicInteger::get)
                    .description("Clients connected for live events")
                    .tag("transport", tag)
                    .register(registry);
            Counter sent = Counter.builder("zerostate.push.events")
                    .description("Events sent to live clients")
                    .tag("transport", tag)
                    .register(registry);
            Counter dropped = Counter.builder("zerostate.push.dropped")
                    .description("Live clients dropped because they did not read")
                    .tag("transport", tag)
                    .register(registry);
            meters.put(transport, new Meters(clients, sent, dropped));
        }
    }

    /** A live client came. */
    public void connected(Transport transport) {
        of(transport).clients().incrementAndGet();
    }

    /** A live client went, or was dropped. */
    public void disconnected(Transport transport) {
        of(transport).clients().decrementAndGet();
    }

    /** A message went out to one client. */
    public void sent(Transport transport) {
        of(transport).sent().increment();
    }

    /** A client was dropped because it did not read. */
    public void dropped(Transport transport) {
        of(transport).dropped().increment();
    }

    /** Clients connected now. */
    public int clients(Transport transport) {
        return of(transport).clients().get();
    }

    private Meters of(Transport transport) {
        return Objects.requireNonNull(meters.get(transport));
    }
}
