package io.zerostate.result;

import static io.zerostate.bus.Addresses.HEALTH_POSTGRES;
import static io.zerostate.bus.Addresses.RECONCILE_TURN;
import static io.zerostate.bus.Addresses.RESULT_FIND;
import static io.zerostate.bus.Addresses.RESULT_LIST;
import static io.zerostate.bus.Addresses.TASK_ATTEMPTS;
import static io.zerostate.bus.Addresses.TASK_CANCEL;
import static io.zerostate.bus.Addresses.TASK_CHECK;
import static io.zerostate.bus.Addresses.TASK_CLAIM;
import static io.zerostate.bus.Addresses.TASK_COUNT;
import static io.zerostate.bus.Addresses.TASK_FIND;
import static io.zerostate.bus.Addresses.TASK_FINISH;
import static io.zerostate.bus.Addresses.TASK_HAND_BACK;
import static io.zerostate.bus.Addresses.TASK_LIST;
import static io.zerostate.bus.Addresses.TASK_LOSE;
import static io.zerostate.bus.Addresses.TASK_PROMOTE;
import static io.zerostate.bus.Addresses.TASK_RUNNING;
import static io.zerostate.bus.Addresses.TASK_SUBMIT;
import static io.zerostate.bus.Addresses.TASK_WAITING;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CheckHealth;
import io.zerostate.bus.Health;
import io.zerostate.bus.ReconcileTurnTaken;
import io.zerostate.bus.ResultFound;
import io.zerostate.bus.ResultPage;
import io.zerostate.bus.RunningFound;
import io.zerostate.bus.TaskPage;
import io.zerostate.bus.WaitingFound;
import io.zerostate.config.QueueSettings;
import io.zerostate.metrics.TaskMetrics;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Serves everything that is asked of tasks, and tells everybody of each committed change. Deploy one per node, on an event loop: its
 * work is to wait for the store.
 */
public final class ResultVerticle extends VerticleBase {
    /** Shorter than whoever asks for the health of a part waits. */
    private static final long CHECK_TIMEOUT_MS = 1_500;

    private final Bus bus;
    private final TaskStore store;
    private final Turn turn;
    private final TaskMetrics metrics;
    private final QueueSettings settings;

    /** @param settings for how often a task may crash its node, and how long the line may get */
    public ResultVerticle(Bus bus, TaskStore store, Turn turn, TaskMetrics metrics, QueueSettings settings) {
        this.bus = bus;
        this.store = new MeasuredTaskStore(store, metrics);
        this.turn = turn;
        this.metrics = metrics;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        Admission admission = new Admission(store, settings);
        TaskNews news = new TaskNews(bus, metrics, admission);
        Acceptance acceptance = new Acceptance(bus, store, news, admission, this::later);
        Attempts attempts = new Attempts(store, news, metrics, this::later);
        Counts counts = new Counts(store);
        admission.count();
        vertx.setPeriodic(Admission.PERIOD.toMillis(), timer -> admission.count());
        return Future.all(List.of(
                bus.serve(TASK_SUBMIT, acceptance::submit),
                bus.serve(TASK_CANCEL, acceptance::cancel),
                bus.serve(TASK_PROMOTE, acceptance::promote),
                bus.serve(TASK_CLAIM, attempts::claim),
                bus.serve(TASK_FINISH, attempts::finish),
                bus.serve(TASK_HAND_BACK, attempts::handBack),
                bus.serve(TASK_LOSE, request -> attempts.lose(request, settings.maxCrashes())),
                bus.serve(TASK_FIND, request -> store.find(request.tenantId(), request.taskId())),
                bus.serve(TASK_LIST, request -> store.list(request).map(TaskPage::new)),
                bus.serve(TASK_COUNT, request -> counts.of(request.tenantId())),
                bus.serve(
                        TASK_WAITING,
                        request -> store.waiting(request.after(), request.limit()).map(WaitingFound::new)),
                bus.serve(
                        TASK_RUNNING,
                        request -> store.running(request.after(), request.limit()).map(RunningFound::new)),
                bus.serve(TASK_ATTEMPTS, request -> store.running(request.taskIds()).map(RunningFound::new)),
                bus.serve(TASK_CHECK, request -> store.check(request.attempts())),
                bus.serve(RECONCILE_TURN, request -> turn.take().map(ReconcileTurnTaken::new)),
                bus.serve(
                        RESULT_FIND,
                        request -> store.findResult(request.tenantId(), request.taskId()).map(ResultFound::new)),
                bus.serve(
                        RESULT_LIST,
                        request -> store.listResults(
                                        request.tenantId(), request.agentId(), request.before(), request.limit())
                                .map(ResultPage::new)),
                bus.serve(HEALTH_POSTGRES, this::check)));
    }

    private void later(long delayMs, Runnable turn) {
        if (delayMs == 0) {
            context.runOnContext(now -> turn.run());
        } else {
            vertx.setTimer(delayMs, timer -> turn.run());
        }
    }

    private Future<Health> check(CheckHealth request) {
        return store.check()
                .timeout(CHECK_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .map(new Health(true, "PostgreSQL answers"))
                .otherwise(failure -> new Health(false, String.valueOf(failure.getMessage())));
    }
}
