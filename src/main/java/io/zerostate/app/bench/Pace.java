package io.zerostate.app.bench;

import java.util.concurrent.TimeUnit;

/** When requests are meant to be sent. */
public sealed interface Pace {
    /**
     * When a request is meant to be sent.
     *
     * @param request its number, from 0
     * @param now nanoseconds since the load began
     * @return nanoseconds since the load began; later than {@code now} when it is not yet time
     */
    long intended(long request, long now);

    /**
     * A closed loop: as soon as an earlier request was answered. A node that stalls is sent nothing meanwhile, so its latencies are
     * those of the requests that it let happen.
     */
    record AsAnswered() implements Pace {
        @Override
        public long intended(long request, long now) {
            return now;
        }
    }

    /**
     * An open loop: at fixed times, however long answers take, as clients come who know nothing of each other. Latencies count from
     * these times, so that a request which had to wait because of a stall is measured with its wait. (Counted from when it was sent,
     * one stall of a second would be one slow request, and the hundred that it held up would be fast: "coordinated omission".)
     */
    record Steady(double requestsPerSecond) implements Pace {
        @Override
        public long intended(long request, long now) {
            return Math.round(request * (TimeUnit.SECONDS.toNanos(1) / requestsPerSecond));
        }
    }
}
