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
import java.util.Set;
import java.util.stream.Stream;

/** Whether the node serves, and whether everything it depends on is there. */
final class HealthRoutes {

    private static final String UP = "up";
    private static final String DOWN = "down";
    private static final Part POSTGRES = new Part("postgres", Addresses.HEALTH_POSTGRES);
    private static final List<Part> ALONE = List.of(
            POSTGRES,
            new Part("queue", Addresses.HEALTH_QUEUE),
            new Part("binaries", Addresses.HEALTH_BINARIES));
    private static final Part CLUSTER = new Part("cluster", Addresses.HEALTH_CLUSTER);

    private final Bus bus;
    private final Leaving leaving;
    private final List<Part> parts;
    private final Set<Part> needed;

    /**
     * @param clustered whether the node is one of several
     * @param api whether it takes requests: in a cluster it then goes on doing so, and is ready, while Redis or the store of modules is
     *     away
     */
    HealthRoutes(Bus bus, Leaving leaving, boolean clustered, boolean api) {
        this.bus = bus;
        this.leaving = leaving;
        this.parts = clustered ? Stream.concat(ALONE.stream(), Stream.of(CLUSTER)).toList() : ALONE;
        this.needed = clustered && api ? Set.of(POSTGRES, CLUSTER) : Set.copyOf(parts);
    }

    void bind(Operations operations) {
        // That this handler runs is all there is to say: a restart would not bring a database back.
        operations.on("getLiveness", context -> answer(context, List.of(), true));
        operations.on("getReadiness", this::ready);
        operations.on("getHealth", context -> check(context, Set.copyOf(parts)));
    }

    /** What depends on something outside of the node, and is asked how it is. */
    private record Part(String name, Operation<CheckHealth, Health> operation) {}

    /** One part of the node and how it is. */
    private record Check(Part part, Health health) {

        boolean isUp() {
            return health.up();
        }

        JsonObject toJson() {
            return json(part.name(), health);
        }
    }

    private void ready(RoutingContext context) {
        if (leaving.hasBegun()) {
            answer(context, List.of(json("node", new Health(false, "The node stops"))), false);
        } else {
            check(context, needed);
        }
    }

    /** @param wanted what has to be up for the answer to be 200 */
    private void check(RoutingContext context, Set<Part> wanted) {
        List<Future<Check>> checks = parts.stream()
                .map(part -> bus.request(part.operation(), new CheckHealth())
                        .otherwise(failure -> new Health(false, String.valueOf(failure.getMessage())))
                        .map(health -> new Check(part, health)))
                .toList();
        Future.all(checks)
                .map(all -> all.<Check>list())
                .onComplete(
                        all -> answer(
                                context,
                                all.stream().map(Check::toJson).toList(),
                                all.stream().allMatch(check -> check.isUp() || !wanted.contains(check.part()))),
                        context::fail);
    }

    private static void answer(RoutingContext context, List<JsonObject> checks, boolean good) {
        boolean allUp = checks.stream().allMatch(check -> UP.equals(check.getString("status")));
        String status = good ? allUp ? UP : "degraded" : DOWN;
        Answer.json(context, good ? 200 : 503, new JsonObject().put("status", status).put("checks", new JsonArray(checks)));
    }

    private static JsonObject json(String name, Health health) {
        return new JsonObject()
                .put("name", name)
                .put("status", health.up() ? UP : DOWN)
                .put("message", health.detail());
    }
}
