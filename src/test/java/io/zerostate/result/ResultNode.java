package io.zerostate.result;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CheckHealth;
import io.zerostate.bus.Health;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.StopRun;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.WithdrawTasks;
import io.zerostate.config.QueueSettings;
import io.zerostate.metrics.TaskMetrics;
import io.zerostate.postgres.AdvisoryLock;
import io.zerostate.postgres.Answers;
import io.zerostate.postgres.DatabasePool;
import io.zerostate.postgres.Forwarder;
import io.zerostate.postgres.NodeSession;
import io.zerostate.postgres.TestDatabase;
import io.zerostate.result.postgres.PostgresTaskStore;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The result verticle of one node, with a real bus and a real database that can be cut off, and ears on what it says. */
final class ResultNode implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final Bus bus = Bus.withCodecs(vertx);
    final MeterRegistry meters = new SimpleMeterRegistry();
    final Forwarder database = new Forwarder(vertx, TestDatabase.create());
    final Ears<QueueEntry> offers = new Ears<>();
    final Ears<WithdrawTasks> withdrawals = new Ears<>();
    final Ears<StopRun> stops = new Ears<>();
    final Ears<TaskEvent.Changed> events = new Ears<>();
    private final Pool pool = DatabasePool.create(vertx, database.settings(), "test");
    final TaskStore store = new PostgresTaskStore(pool);
    private final NodeSession session = new NodeSession(vertx, database.settings(), "test");

    /** With bounds of the line that no test reaches by accident. */
    ResultNode() {
        this(1_000_000, 1_000_000);
    }

    ResultNode(long maxUnfinished, long maxUnfinishedPerTenant) {
        QueueSettings settings = new QueueSettings(
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                3,
                maxUnfinished,
                maxUnfinishedPerTenant);
        Answers.of(bus.listen(Addresses.QUEUE_OFFER, offer -> offer.entries().forEach(offers::hear)).completion());
        Answers.of(bus.listen(Addresses.QUEUE_WITHDRAW, withdrawals::hear).completion());
        Answers.of(bus.listen(Addresses.RUN_STOP, stops::hear).completion());
        Answers.of(bus.listen(
                        Addresses.TASK_EVENTS,
                        news -> news.events().forEach(event -> events.hear((TaskEvent.Changed) event)))
                .completion());
        Answers.of(vertx.deployVerticle(new ResultVerticle(
                bus,
                store,
                () -> session.hold(AdvisoryLock.RECONCILE),
                new TaskMetrics(meters),
                settings)));
    }

    /** What was said, in order, and what of it a test has seen. */
    static final class Ears<M> {
        private final BlockingQueue<M> heard = new LinkedBlockingQueue<>();
        final List<M> seen = new ArrayList<>();

        void hear(M news) {
            heard.add(news);
        }

        /** Waits for the next news of this kind. */
        M next(Predicate<M> kind) {
            try {
                for (M news; (news = heard.poll(10, TimeUnit.SECONDS)) != null; ) {
                    seen.add(news);
                    if (kind.test(news)) {
                        return news;
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new AssertionError("nothing more was said");
        }
    }

    QueueEntry offer(UUID taskId) {
        return offers.next(entry -> entry.taskId().equals(taskId));
    }

    List<UUID> offeredBefore(UUID taskId) {
        return offers.seen.stream()
                .map(QueueEntry::taskId)
                .takeWhile(id -> !id.equals(taskId))
                .toList();
    }

    /** All events of a task, up to the one in which it takes {@code state}; those may have been seen by an earlier call. */
    List<TaskEvent.Changed> eventsUntil(UUID taskId, TaskState state) {
        Predicate<TaskEvent.Changed> last = event -> event.taskId().equals(taskId) && event.state() == state;
        if (events.seen.stream().noneMatch(last)) {
            events.next(last);
        }
        return events.seen.stream()
                .filter(event -> event.taskId().equals(taskId))
                .collect(Collectors.toList());
    }

    double statements(String operation) {
        return meters.find("zerostate.store.statements").tag("operation", operation).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    Health health() {
        return Answers.of(bus.request(Addresses.HEALTH_POSTGRES, new CheckHealth()));
    }

    @Override
    public void close() {
        Answers.of(session.close());
        Answers.of(pool.close());
        Answers.of(vertx.close());
    }
}
