package io.zerostate.queue.redis;

import io.vertx.core.Vertx;
import io.zerostate.queue.QueueOperation;
import io.zerostate.queue.TaskQueueHistories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class RedisTaskQueuePropertyTest extends TaskQueueHistories {
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
        return LEASE;
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void afterAnyHistoryTheQueueAnswersAsThePlainOneDoes(@ForAll("histories") List<QueueOperation> history) {
        TestQueues queues = TestQueues.whereTimeStandsStill(vertx, TestRedis.shared());
        RedisTaskQueue queue = queues.of(NODE);
        answersAsThePlainOneDoes(new Shared(queues, queue), history);
        queue.close().await();
    }

    private record Shared(TestQueues queues, RedisTaskQueue queue) implements QueueInTime {
        @Override
        public Instant now() {
            return queues.now();
        }

        @Override
        public void elapse(Duration time) {
            queues.elapse(time);
        }
    }
}
