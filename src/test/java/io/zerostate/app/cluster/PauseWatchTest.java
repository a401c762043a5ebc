package io.zerostate.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PauseWatchTest {
    private final AtomicLong nanos = new AtomicLong(42);
    private final PauseWatch watch = new PauseWatch(Duration.ofSeconds(10), nanos::get);

    private void lookAfter(Duration time) {
        nanos.addAndGet(time.toNanos());
        watch.look();
    }

    @Test
    void aProcessThatGoesOnIsNeverTakenForPaused() {
        for (int i = 0; i < 100; i++) {
            lookAfter(Duration.ofSeconds(1));
        }
        lookAfter(Duration.ofSeconds(10));

        assertThat(watch.paused()).isNotDone();
    }

    @Test
    void aPauseLongerThanTheHeartbeatIsToldWithItsLength() {
        lookAfter(Duration.ofSeconds(1));
        lookAfter(Duration.ofSeconds(17));

        assertThat(watch.paused()).isCompletedWithValueMatching(reason -> reason.contains("17 s") && reason.contains("10 s"));
    }
}
