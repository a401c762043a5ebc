package io.zerostate.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** As many of all elements as there is room for, each with the same chance ("algorithm R"). Not safe for threads. */
final class Sample<T> {
    private final int most;
    private final RandomGenerator random;
    private final List<T> chosen = new ArrayList<>();
    private long seen;

    Sample(int most, RandomGenerator random) {
        this.most = most;
        this.random = random;
    }

    void add(T element) {
        seen++;
        if (chosen.size() < most) {
            chosen.add(element);
            return;
        }
        long place = random.nextLong(seen);
        if (place < most) {
            chosen.set((int) place, element);
        }
    }

    List<T> chosen() {
        return List.copyOf(chosen);
    }
}
