package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Addresses;
import io.zerostate.config.Role;
import io.zerostate.task.ErrorCode;
import io.zerostate.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of a node. One per node, on an event loop.
 *
 * <p>Its start fails with a {@link java.net.BindException} when the address is in use.
 */
public final class HttpVerticle extends VerticleBase {

    private static final String UPLOADS = "uploads";

    /** Longer than the longest silence that is meant: a request that waits for a task of five minutes. */
    private static final Duration IDLE = Duration.ofMinutes(6);

    /** Enough for the query of a raw upload: a description of 2,000 characters, percent-encoded. */
    private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;

    private static final int MAX_FORM_FIELD_BYTES = 64 * 1024;
    private static final int MAX_WEBSOCKET_MESSAGE_BYTES = 16 * 1024;

    /** A client that is dropped because it does not read does not answer that either. */
    private static final int WEBSOCKET_CLOSING_S = 2;

    /** What the system keeps for a client that does not read; of its own it would let that grow to 4 MiB each. */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;

    private static final Duration STOP_GRACE = Duration.ofSeconds(2);

    private final Settings settings;
    private final Ports ports;
    private final Sources sources;
    private final List<Consumer<Router>> mounts;
    private final Leaving leaving = new Leaving();
    private @Nullable HttpServer server;
    private @Nullable TaskWaiters waiters;

    /**
     * @param settings a node without the role {@link Role#API} serves only its health and its figures
     * @param mounts routes of other parts (event streams, the bridge to browsers), asked before the contract's own; each is called
     *     once, on the event loop of this verticle
     */
    public HttpVerticle(Settings settings, Ports ports, Sources sources, List<Consumer<Router>> mounts) {
        this.settings = settings;
        this.ports = ports;
        this.sources = sources;
        this.mounts = List.copyOf(mounts);
    }

    @Override
    public Future<?> start() {
        return (settings.node().is(Role.API) ? edge() : Contract.load(vertx).map(this::healthOnly))
                .compose(router -> vertx.createHttpServer(options())
                        .invalidRequestHandler(new UnreadableRequest(new TraceContext(sources.random())))
                        .requestHandler(router)
                        .listen())
                .onSuccess(listening -> server = listening);
    }

    private Future<Router> edge() {
        Uploads uploads = new Uploads(vertx, settings.node().dataDir().resolve(UPLOADS), sources.ids());
        TaskWaiters waiters = new TaskWaiters(vertx);
        QueueRoutes queue = new QueueRoutes(ports.bus(), sources.clock());
        HistoryRoutes history = new HistoryRoutes(ports.bus(), new History(sources.clock()));
        AgentLookup agents = new AgentLookup(ports.bus(), sources.clock());
        this.waiters = waiters;
        return uploads.prepare()
                .compose(ready -> ports.bus().listen(Addresses.TASK_EVENTS, waiters::hear).completion())
                .compose(heard -> ports.bus().listen(Addresses.NODE_STATUS, queue::hear).completion())
                .compose(heard -> ports.bus().listen(Addresses.NODE_FACTS, queue::hear).completion())
                .compose(heard -> history.listen(vertx))
                .compose(heard -> ports.bus().listen(Addresses.AGENT_EVENTS, changed -> agents.forget()).completion())
                .compose(heard -> Contract.load(vertx))
                .map(contract -> router(contract, uploads, waiters, List.of(queue::bind, history::bind), agents));
    }

    /**
     * To be called some time before this verticle is undeployed: it says that it is not ready any more, and still takes requests. May be
     * called from any thread.
     *
     * @return done when clients had their time to go elsewhere
     */
    public Future<Void> leave() {
        Promise<Void> left = Promise.promise();
        context.runOnContext(ignored -> leaving.begin(vertx, settings.http().drain()).onComplete(left));
        return left.future();
    }

    /** Takes no new connections, sends those who wait home, and gives answers under way a moment to end. */
    @Override
    public Future<?> stop() {
        if (waiters != null) {
            waiters.close();
        }
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(STOP_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * The port that the server listens on, once the verticle has been deployed.
     *
     * @throws IllegalStateException before that
     */
    public int actualPort() {
        if (server == null) {
            throw new IllegalStateException("not listening");
        }
        return server.actualPort();
    }

    private Router router(
            Contract contract,
            Uploads uploads,
            TaskWaiters waiters,
            List<Consumer<Operations>> figures,
            AgentLookup agents) {
        Operations operations = new Operations(vertx, contract, settings.http().maxJsonBytes());
        Allowances allowances = new Allowances(settings.execution().defaults(), settings.execution().maximum());
        Submitter submitter = new Submitter(ports.bus(), agents, allowances, sources.clock(), sources.ids());
        new AgentRoutes(ports.bus(), agents).bind(operations);
        new BinaryRoutes(ports.bus(), ports.binaries(), agents, uploads, contract.validator(contract.schema("AgentFields")))
                .bind(operations);
        new SubmitRoutes(ports.bus(), submitter, waiters).bind(operations);
        new BatchRoutes(submitter, agents, contract).bind(operations);
        new TaskRoutes(ports.bus(), agents, submitter).bind(operations);
        new ResultRoutes(ports.bus(), agents).bind(operations);
        figures.forEach(routes -> routes.accept(operations));
        bindHealth(operations);
        PageRoutes pages = new PageRoutes(contract, SwaggerUi.folder());
        pages.bind(operations);
        return Edge.router(vertx, contract, operations, pages, around());
    }

    private Router healthOnly(Contract contract) {
        Operations operations = new Operations(vertx, contract, settings.http().maxJsonBytes());
        bindHealth(operations);
        operations.onOthers(HttpVerticle::refuse);
        return Edge.healthOnly(vertx, contract, operations, around());
    }

    private static void refuse(RoutingContext context) {
        throw Problem.of(ErrorCode.NOT_FOUND, "This node only runs tasks: ask one that has the role api.").exception();
    }

    private Edge.Around around() {
        return new Edge.Around(leaving, settings.http(), sources.random(), mounts);
    }

    private void bindHealth(Operations operations) {
        new HealthRoutes(ports.bus(), leaving, settings.isClustered(), settings.node().is(Role.API))
                .bind(operations);
        new MetricsRoutes(ports.metrics()).bind(operations);
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.http().host())
                .setPort(settings.http().port())
                .setIdleTimeout((int) IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxFormAttributeSize(MAX_FORM_FIELD_BYTES)
                .setWebSocketClosingTimeout(WEBSOCKET_CLOSING_S)
                .setSendBufferSize(SEND_BUFFER_BYTES)
                // What clients send over one are registrations.
                .setMaxWebSocketFrameSize(MAX_WEBSOCKET_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(MAX_WEBSOCKET_MESSAGE_BYTES)
                // Compressed WebSocket frames can make a server inflate far more than it was sent.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }
}
