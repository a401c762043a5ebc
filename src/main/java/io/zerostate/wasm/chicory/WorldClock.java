package io.zerostate.wasm.chicory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The time that programs see, and in which they wait. Safe from any thread. */
public interface WorldClock {
    /** Nanoseconds since 1970. */
    long realtimeNanos();

    /** Nanoseconds since some moment; never goes back. */
    long monotonicNanos();

    /**
     * Waits for about so many nanoseconds of {@link #monotonicNanos}, never negative.
     *
     * @throws InterruptedException when the thread is interrupted, a deadline for one
     */
    void sleep(long nanos) throws InterruptedException;

    /** Time as it is, with the time of day from a source of instants. */
    static WorldClock real(InstantSource source) {
        return new WorldClock() {
            @Override
            public long realtimeNanos() {
                Instant now = source.instant();
                return now.getEpochSecond() * 1_000_000_000L + now.getNano();
            }

            @Override
            public long monotonicNanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }
        };
    }
}
