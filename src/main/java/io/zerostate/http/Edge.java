package io.zerostate.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.config.HttpSettings;
import io.zerostate.task.ErrorCode;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Puts the routes in order: what every request gets first, mounts, the contract, pages, and last what nobody took. */
final class Edge {

    /** Operations that mounts answer; they stand in the contract like all others. */
    private static final List<String> MOUNTED = List.of("streamTaskEvents", "streamEvents", "getEventBus");

    private Edge() {}

    /**
     * What stands around the contract's own routes.
     *
     * @param leaving the way out
     * @param http what requests must carry, and which hosts they may be for
     * @param random for trace ids
     * @param mounts routes of other parts
     */
    record Around(Leaving leaving, HttpSettings http, RandomGenerator random, List<Consumer<Router>> mounts) {}

    static Router router(Vertx vertx, Contract contract, Operations operations, PageRoutes pages, Around around) {
        ProblemHandler problems = new ProblemHandler(contract);
        Router router = entrance(vertx, problems, around);
        ApiKey apiKey = new ApiKey(around.http().apiKey());
        // Not the bridge: a page cannot send a header with the request that opens its socket. It asks for the key at each registration.
        router.route("/api/*").handler(apiKey);
        router.route("/metrics").handler(apiKey);
        for (String mounted : MOUNTED) {
            operations.on(mounted, Edge::notMounted);
        }
        around.mounts().forEach(mount -> mount.accept(router));
        router.route("/*").subRouter(operations.router());
        pages.mount(router);
        router.route().last().handler(problems::unrouted);
        return router;
    }

    /** For a node that serves no clients. */
    static Router healthOnly(Vertx vertx, Contract contract, Operations operations, Around around) {
        ProblemHandler problems = new ProblemHandler(contract);
        Router router = entrance(vertx, problems, around);
        router.route("/metrics").handler(new ApiKey(around.http().apiKey()));
        router.route("/*").subRouter(operations.router());
        router.route().last().handler(problems::unrouted);
        return router;
    }

    private static Router entrance(Vertx vertx, ProblemHandler problems, Around around) {
        Router router = Router.router(vertx);
        // Matching a path that cannot be decoded fails without asking any failure handler.
        router.errorHandler(ErrorCode.INVALID_REQUEST.httpStatus(), problems::undecodable);
        router.route()
                .handler(around.leaving())
                .handler(new TraceContext(around.random()))
                .handler(new AccessLog(System::nanoTime))
                .handler(new SecurityHeaders())
                .handler(new KnownHost(around.http()))
                .failureHandler(problems);
        return router;
    }

    private static void notMounted(RoutingContext context) {
        throw Problem.of(ErrorCode.UNAVAILABLE, "This node does not serve live events.").exception();
    }
}
