package io.zerostate.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The real time and a shift that only a test changes: timers go on as they do, and a lease can expire without waiting for it. */
public final class ShiftedClock implements InstantSource {
    private final Clock real = Clock.systemUTC();
    private volatile Duration shift = Duration.ZERO;

    @Override
    public Instant instant() {
        return real.instant().plus(shift);
    }

    public synchronized void advance(Duration by) {
        shift = shift.plus(by);
    }
}
