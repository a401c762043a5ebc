package io.zerostate.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's claim to its database. Nodes that share a queue share the database too; a node that is alone takes every task in it for its
 * own, so two of them would run each task twice. Each holds a lock for as long as it lives, which keeps those out that do not
 * belong together.
 */
public final class DatabaseUse {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseUse.class);

    /** Between tries, while the session of a node that was killed a moment ago may still be there. */
    private static final long TRY_AGAIN_MS = 200;

    /** How often the claim is made sure of. */
    private static final long WATCH_MS = 5_000;

    private final Vertx vertx;
    private final NodeSession session;
    private final AdvisoryLock lock;
    private boolean held = true;

    private DatabaseUse(Vertx vertx, NodeSession session, AdvisoryLock lock) {
        this.vertx = vertx;
        this.session = session;
        this.lock = lock;
    }

    /**
     * Claims the database for as long as {@code session} is not closed. A claim that is lost with its connection is made again.
     *
     * @param alone whether no other node may use it; nodes of one cluster say false
     * @param patience how long to wait for others to go
     * @return done when it is claimed; fails with {@link DatabaseInUseException} when others stay, with
     *     {@link io.zerostate.task.RefusedException} {@code UNAVAILABLE} when the server does not answer
     */
    public static Future<Void> claim(Vertx vertx, NodeSession session, boolean alone, Duration patience) {
        AdvisoryLock lock = alone ? AdvisoryLock.DATABASE_ALONE : AdvisoryLock.DATABASE_SHARED;
        DatabaseUse use = new DatabaseUse(vertx, session, lock);
        Promise<Void> claimed = Promise.promise();
        use.attempt(Math.max(1, patience.toMillis() / TRY_AGAIN_MS), claimed);
        return claimed.future().onSuccess(ok -> vertx.setPeriodic(WATCH_MS, timer -> use.watch()));
    }

    private void attempt(long tries, Promise<Void> claimed) {
        session.hold(lock).onFailure(claimed::fail).onSuccess(ours -> {
            if (ours) {
                claimed.complete();
            } else if (tries > 1) {
                vertx.setTimer(TRY_AGAIN_MS, timer -> attempt(tries - 1, claimed));
            } else {
                session.holders(lock).map(this::inUse).onSuccess(claimed::fail).onFailure(claimed::fail);
            }
        });
    }

    private DatabaseInUseException inUse(String holders) {
        String others = holders.isEmpty() ? "another node" : "another node (" + holders + ")";
        return new DatabaseInUseException(others + " uses the database " + session.url()
                + ": set redis.urls on all nodes that share it, or stop the other one");
    }

    private void watch() {
        session.hold(lock).onSuccess(ours -> {
            if (held && !ours) {
                LOG.error("another node took the database {} while this one could not reach it: stop one of them", session.url());
            }
            held = ours;
        });
    }
}
