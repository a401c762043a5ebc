package io.zerostate.app.bench;

import io.zerostate.app.client.LoadClient;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The time of this machine. Timers of the event loop itself count whole milliseconds, which is a long time here. */
final class LoopTime implements Time {
    private final LoadClient client;
    private final ScheduledExecutorService timer;

    LoopTime(LoadClient client, ScheduledExecutorService timer) {
        this.client = client;
        this.timer = timer;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void at(long nanos, Runnable action) {
        timer.schedule(() -> client.run(action), nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
