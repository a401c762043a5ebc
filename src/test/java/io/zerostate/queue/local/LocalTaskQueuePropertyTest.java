package io.zerostate.queue.local;

import io.vertx.core.Vertx;
import io.zerostate.queue.QueueOperation;
import io.zerostate.queue.TaskQueue;
import io.zerostate.queue.TaskQueueHistories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class LocalTaskQueuePropertyTest extends TaskQueueHistories {
    private static Vertx vertx;

    @BeforeContainer
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterContainer
    static void close() {
        vertx.close().await();
    }

    @Override
    protected Duration adopted() {
        return Duration.ZERO;
    }

    @Property(tries = 2_000)
    void afterAnyHistoryTheQueueAnswersAsThePlainOneDoes(@ForAll("histories") List<QueueOperation> history) {
        answersAsThePlainOneDoes(new Local(new AtomicReference<>(Instant.EPOCH)), history);
    }

    private static final class Local implements QueueInTime {
        private final AtomicReference<Instant> now;
        private final TaskQueue queue;

        private Local(AtomicReference<Instant> now) {
            this.now = now;
            this.queue = new LocalTaskQueue(vertx, NODE, LEASE, now::get);
        }

        @Override
        public TaskQueue queue() {
            return queue;
        }

        @Override
        public Instant now() {
            return now.get();
        }

        @Override
        public void elapse(Duration time) {
            now.set(now.get().plus(time));
        }
    }
}
