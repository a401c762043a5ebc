package io.zerostate.queue.local;

import io.vertx.core.Vertx;
import io.zerostate.queue.ShiftedClock;
import io.zerostate.queue.TaskQueue;
import io.zerostate.queue.TaskQueueContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.bus.LoseTasks.LostLease;

class LocalTaskQueueTest extends TaskQueueContract {
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final Vertx vertx = Vertx.vertx();
    private final ShiftedClock clock = new ShiftedClock();
    private final TaskQueue queue = new LocalTaskQueue(vertx, NODE, LEASE, clock);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Override
    protected TaskQueue queue() {
        return queue;
    }

    @Override
    protected Duration lease() {
        return LEASE;
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void elapse(Duration time) {
        clock.advance(time);
    }

    @Test
    void aForgottenLeaseHasExpiredAlreadySinceNoOtherNodeCanHoldIt() {
        LostLease formerLife = new LostLease(UUID.randomUUID(), NODE);
        LostLease gone = new LostLease(UUID.randomUUID(), "node-gone");
        queue.adopt(List.of(formerLife, gone)).await();

        assertThat(queue.reap(10).await()).containsExactlyInAnyOrder(formerLife, gone);
    }
}
