package io.zerostate.app.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Durations of one kind: counted in microseconds to three digits, in constant memory. Not safe for threads. */
final class Latency {
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(DIGITS);

    void add(long nanos) {
        histogram.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }

    LatencySummary summary() {
        return new LatencySummary(
                histogram.getTotalCount(),
                Math.round(histogram.getMean()),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getMaxValue());
    }
}
