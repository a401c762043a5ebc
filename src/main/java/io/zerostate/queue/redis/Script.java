package io.zerostate.queue.redis;

import java.util.Locale;

/** What Redis can be asked to do. Each has a file {@code queue/redis/NAME.lua}, which says what its arguments are. */
enum Script {
    OFFER,
    LEASE,
    HEARTBEAT,
    RELEASE,
    REQUEUE,
    REAP,
    MISSING,
    ADOPT,
    WITHDRAW,
    DEPTH,
    LOOK,
    RING;

    String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".lua";
    }
}
