package io.zerostate.queue.redis;

import io.vertx.core.Vertx;
import io.zerostate.postgres.Answers;
import io.zerostate.queue.TaskQueue;
import io.zerostate.queue.TaskQueueContract;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

class RedisTaskQueueTest extends TaskQueueContract {
    private final Vertx vertx = Vertx.vertx();
    private final TestQueues queues = new TestQueues(vertx, TestRedis.shared());
    private final RedisTaskQueue queue = queues.of(NODE);

    @AfterEach
    void close() {
        Answers.of(queue.close());
        Answers.of(vertx.close());
    }

    @Override
    protected TaskQueue queue() {
        return queue;
    }

    @Override
    protected Duration lease() {
        return TestQueues.LEASE;
    }

    @Override
    protected Instant now() {
        return queues.now();
    }

    @Override
    protected void elapse(Duration time) {
        queues.elapse(time);
    }
}
