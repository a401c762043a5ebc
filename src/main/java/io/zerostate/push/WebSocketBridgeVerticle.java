package io.zerostate.push;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.Transport;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.metrics.PushMetrics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes the events of the cluster and fans them out to the live clients of this node, over SSE and over the SockJS event-bus bridge.
 * What nobody here watches ends here, and who watches what no other node knows. One per node. It serves no port: whoever does calls {@link #mount}.
 */
public final class WebSocketBridgeVerticle extends VerticleBase {
    /** Where the SockJS client library lies on the class path; the page names it with its version, so it never changes. */
    private static final String SOCKJS_FOLDER = "META-INF/resources/webjars/sockjs-client";

    private static final long LIBRARY_MAX_AGE_S = 31_536_000;

    private static final long LONGEST_POST_BYTES = 64 * 1024;

    /** What SockJS servers say at their address (sockjs-protocol 0.3.3, "Greeting url"). */
    private static final String GREETING = "Welcome to SockJS!\n";

    /** SockJS heartbeats keep proxies from closing a silent connection, and let the page notice a dead one. */
    private static final long SOCKJS_HEARTBEAT_MS = 10_000;

    private final Bus bus;
    private final Callers callers;
    private final Set<String> allowedOrigins;
    private final PushLimits limits;
    private final PushMetrics metrics;
    private final TaskFeed feed = new TaskFeed();
    private final List<Runnable> closings = new CopyOnWriteArrayList<>();
    private final ClientShares shares;
    private Bulletins bulletins;

    /** @param allowedOrigins origins beside the node's own whose pages may use the bridge */
    public WebSocketBridgeVerticle(
            Bus bus, Callers callers, Set<String> allowedOrigins, PushLimits limits, PushMetrics metrics) {
        this.bus = bus;
        this.callers = callers;
        this.allowedOrigins = allowedOrigins;
        this.limits = limits;
        this.metrics = metrics;
        this.shares = new ClientShares(limits.connectionsPerClient());
    }

    @Override
    public Future<?> start() {
        bulletins = new Bulletins(vertx, context, feed);
        return Future.all(
                bus.listen(Addresses.TASK_EVENTS, feed::accept).completion(),
                bus.listen(Addresses.AGENT_EVENTS, bulletins::agentChanged).completion(),
                bus.listen(Addresses.NODE_STATUS, bulletins::nodeStatus).completion());
    }

    /** Ends all streams and sockets; their clients come back to another node, or to this one when it is back. */
    @Override
    public Future<?> stop() {
        closings.forEach(Runnable::run);
        return Future.succeededFuture();
    }

    /**
     * Adds the live resources to a router: {@code GET /api/v1/tasks/:id/events}, {@code GET /api/v1/events}, {@code /eventbus/*} and
     * the SockJS client library. Requests that it refuses fail with a {@link io.zerostate.task.RefusedException}, which the router's
     * failure handler is to answer.
     *
     * <p>May be called for several routers, each on the event loop that serves it, once this verticle is deployed.
     */
    public void mount(Router router) {
        Supply supply = new Supply(feed, new TaskSource(bus), shares, limits, metrics);
        EventStreams streams = new EventStreams(supply, callers::tenant);
        closings.add(streams::endAll);
        router.get("/api/v1/tasks/:id/events").handler(streams::followTask);
        router.get("/api/v1/events").handler(streams::followAll);
        router.get("/webjars/sockjs-client/*")
                .handler(StaticHandler.create(SOCKJS_FOLDER).setMaxAgeSeconds(LIBRARY_MAX_AGE_S).setIncludeHidden(false));
        router.route("/eventbus*").handler(new SameOrigin(allowedOrigins));
        router.get("/eventbus").handler(request -> request.response().putHeader("Content-Type", "text/plain").end(GREETING));
        // Only the polling fallbacks of SockJS send by POST, and what they send is a registration.
        router.postWithRegex("/eventbus/[^/]+/[^/]+/xhr_send").handler(BodyHandler.create(false).setBodyLimit(LONGEST_POST_BYTES));
        router.route("/eventbus/*").subRouter(bridge(supply));
    }

    private Router bridge(Supply supply) {
        SockJSHandlerOptions options = new SockJSHandlerOptions()
                .setHeartbeatInterval(SOCKJS_HEARTBEAT_MS)
                .setInsertJSESSIONID(false)
                // These two work by inline scripts, which no policy of ours allows.
                .addDisabledTransport(Transport.HTML_FILE.name())
                .addDisabledTransport(Transport.JSON_P.name())
                // The default is another host.
                .setLibraryURL("/webjars/sockjs-client/1.6.1/dist/sockjs.min.js");
        EventBusBridge bridge = new EventBusBridge(supply, bulletins, callers, context);
        closings.add(bridge::closeAll);
        return SockJSHandler.create(vertx, options).socketHandler(bridge);
    }
}
