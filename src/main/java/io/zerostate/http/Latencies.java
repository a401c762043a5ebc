package io.zerostate.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Durations of one step of the history, as many as tell their percentiles. Not safe for threads. */
final class Latencies {
    /** Of more, every later one takes the place of an earlier one: the newest are as good a sample as any. */
    private static final int MOST = 2_048;

    private long[] values = new long[16];
    private int count;

    void add(long ms) {
        int place = count % MOST;
        if (place == values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        values[place] = ms;
        count++;
    }

    /** Null where there is nothing to tell. */
    @Nullable Long percentile(int percent) {
        int size = Math.min(count, MOST);
        if (size == 0) {
            return null;
        }
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[Math.min(size - 1, size * percent / 100)];
    }
}
