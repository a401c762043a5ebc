package io.zerostate.push;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.FindResult;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.ListTasks;
import io.zerostate.bus.OutputRead;
import io.zerostate.bus.ReadOutput;
import io.zerostate.bus.ResultFound;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskEvents;
import io.zerostate.bus.TaskFound;
import io.zerostate.bus.TaskPage;
import io.zerostate.metrics.PushMetrics;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import io.zerostate.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The live part of a node: the verticle behind a real HTTP server, on a real event bus that also answers for the stored tasks. */
final class LiveNode implements AutoCloseable {
    /** Small, so that a few words take several. */
    static final int LARGEST_READ = 8;

    /** A registration with this header is of another tenant's. */
    static final String STRANGER = "stranger";

    final Vertx vertx = Vertx.vertx();
    final Bus bus = Bus.withCodecs(vertx);
    final MeterRegistry meters = new SimpleMeterRegistry();
    final PushMetrics metrics = new PushMetrics(meters);
    final int port;
    final AtomicInteger resultsAsked = new AtomicInteger();
    private final Map<UUID, StoredTask> tasks = Collections.synchronizedMap(new LinkedHashMap<>());
    private final String deployment;
    private volatile Function<FindTask, Future<TaskFound>> store = this::find;

    LiveNode(PushLimits limits) {
        bus.serve(Addresses.TASK_FIND, question -> store.apply(question)).await();
        bus.serve(Addresses.RESULT_FIND, this::result).await();
        bus.serve(Addresses.output(StoredTask.NODE), this::read).await();
        bus.serve(Addresses.TASK_LIST, question -> Future.succeededFuture(newest(question))).await();
        WebSocketBridgeVerticle live = new WebSocketBridgeVerticle(
                bus, new KnownCallers(), Set.of("https://console.example.com"), limits, metrics);
        deployment = vertx.deployVerticle(live).await();
        Router router = Router.router(vertx);
        live.mount(router);
        router.route().failureHandler(request -> request.response()
                .setStatusCode(request.statusCode())
                .end(request.failure() instanceof RefusedException refused ? refused.code().name() : "unexpected"));
        port = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(30).setWebSocketClosingTimeout(2).setSendBufferSize(256 * 1024))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    StoredTask queuedTask() {
        StoredTask task = new StoredTask();
        tasks.put(task.id, task);
        return task;
    }

    /** Tells the cluster, as the store does once it has committed. */
    void publish(TaskEvent... events) {
        bus.publish(Addresses.TASK_EVENTS, new TaskEvents(List.of(events)));
    }

    /** Lets another function answer for the stored tasks. */
    void answerFindsWith(Function<FindTask, Future<TaskFound>> answers) {
        store = answers;
    }

    Future<TaskFound> find(FindTask question) {
        StoredTask task = tasks.get(question.taskId());
        return task == null || question.tenantId() != StoredTask.TENANT
                ? Future.failedFuture(new RefusedException(ErrorCode.TASK_NOT_FOUND, "There is no task " + question.taskId()))
                : Future.succeededFuture(task.found());
    }

    private Future<ResultFound> result(FindResult question) {
        StoredTask task = tasks.get(question.taskId());
        resultsAsked.incrementAndGet();
        return Future.succeededFuture(new ResultFound(task.result()));
    }

    private Future<OutputRead> read(ReadOutput question) {
        byte[] all = tasks.get(question.taskId()).output(question.stream());
        int from = (int) Math.min(question.offset(), all.length);
        int to = Math.min(all.length, from + LARGEST_READ);
        return Future.succeededFuture(new OutputRead(from, Bytes.of(Arrays.copyOfRange(all, from, to))));
    }

    private TaskPage newest(ListTasks question) {
        List<Task> oldestFirst = new ArrayList<>();
        tasks.values().forEach(task -> oldestFirst.add(task.found().task()));
        return new TaskPage(oldestFirst.reversed().stream().limit(question.limit()).toList());
    }

    double count(String meter, String transport) {
        return meters.get(meter).tag("transport", transport).counter().count();
    }

    void undeploy() {
        vertx.undeploy(deployment).await();
    }

    private static final class KnownCallers implements Callers {
        @Override
        public long tenant(RoutingContext request) {
            return StoredTask.TENANT;
        }

        @Override
        public OptionalLong tenant(RoutingContext socket, UnaryOperator<@Nullable String> header) {
            String who = header.apply("Authorization");
            if (who == null) {
                return OptionalLong.of(StoredTask.TENANT);
            }
            return who.equals(STRANGER) ? OptionalLong.of(StoredTask.TENANT + 1) : OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
