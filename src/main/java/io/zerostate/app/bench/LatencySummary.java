package io.zerostate.app.bench;

/** How durations are spread, in microseconds; zeros when there was none. */
public record LatencySummary(long count, long mean, long p50, long p90, long p99, long max) {}
