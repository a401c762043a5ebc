package io.zerostate.push;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many live connections each client has, so that one of them does not take what is there for all. Safe from any thread. */
final class ClientShares {
    private final int share;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param share connections that one client may have */
    ClientShares(int share) {
        this.share = share;
    }

    /**
     * One connection more.
     *
     * @param client its network address: all that is known before it has said anything
     * @return false when it has its share already; nothing is taken then
     */
    boolean take(String client) {
        boolean[] given = new boolean[1];
        taken.compute(client, (key, now) -> {
            int before = now == null ? 0 : now;
            given[0] = before < share;
            return given[0] ? Integer.valueOf(before + 1) : now;
        });
        return given[0];
    }

    void giveBack(String client) {
        taken.computeIfPresent(client, (key, now) -> now > 1 ? now - 1 : null);
    }
}
