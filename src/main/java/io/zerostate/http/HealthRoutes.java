package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CheckHealth;
import io.zerostate.bus.Health;
import io.zerostate.bus.Operation;
import java.util.List;
import java.util.stream.Stream;

/** Whether the node serves, and whether everything it depends on is there. */
final class HealthRoutes {

    private static final List<Part> ALONE = List.of(
            new Part("postgres", Addresses.HEALTH_POSTGRES),
            new Part("queue", Addresses.HEALTH_QUEUE),
            new Part("binaries", Addresses.HEALTH_BINARIES));
    private static final Part CLUSTER = new Part("cluster", Addresses.HEALTH_CLUSTER);

    private final Bus bus;
    private final Leaving leaving;
    private final List<Part> parts;

    /** @param clustered when the node depends on others to hear it */
    HealthRoutes(Bus bus, Leaving leaving, boolean clustered) {
        this.bus = bus;
        this.leaving = leaving;
        this.parts = clustered ? Stream.concat(ALONE.stream(), Stream.of(CLUSTER)).toList() : ALONE;
    }

    void bind(Operations operations) {
        // That this handler runs is all there is to say: a restart would not bring a database back.
        operations.on("getLiveness", context -> answer(context, List.of()));
        operations.on("getReadiness", this::ready);
        operations.on("getHealth", this::check);
    }

    /** What depends on something outside of the node, and is asked how it is. */
    private record Part(String name, Operation<CheckHealth, Health> operation) {}

    /** One part of the node and how it is. */
    private record Check(String name, Health health) {

        JsonObject toJson() {
            return new JsonObject()
                    .put("name", name)
                    .put("status", status(health.up()))
                    .put("message", health.detail());
        }
    }

    private void ready(RoutingContext context) {
        if (leaving.hasBegun()) {
            answer(context, List.of(new Check("node", new Health(false, "The node stops"))));
        } else {
            check(context);
        }
    }

    private void check(RoutingContext context) {
        List<Future<Check>> checks = parts.stream()
                .map(part -> bus.request(part.operation(), new CheckHealth())
                        .otherwise(failure -> new Health(false, String.valueOf(failure.getMessage())))
                        .map(health -> new Check(part.name(), health)))
                .toList();
        Future.all(checks).onComplete(all -> answer(context, all.<Check>list()), context::fail);
    }

    private static void answer(RoutingContext context, List<Check> checks) {
        boolean up = checks.stream().allMatch(check -> check.health().up());
        JsonArray list = new JsonArray();
        checks.forEach(check -> list.add(check.toJson()));
        Answer.json(context, up ? 200 : 503, new JsonObject().put("status", status(up)).put("checks", list));
    }

    private static String status(boolean up) {
        return up ? "up" : "down";
    }
}
