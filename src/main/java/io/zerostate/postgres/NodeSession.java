package io.zerostate.postgres;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one session with PostgreSQL that a node keeps to itself. Locks that it holds are the node's for as long as the session lasts:
 * they end with the node, however it ends. A connection of the pool could not hold them: it would carry them to whoever gets it next.
 *
 * <p>A session that broke is replaced at the next call, and then holds nothing until it is asked to. Needs a server, or a proxy, that
 * keeps a session's state between transactions. Safe from any thread; answers on the caller's context.
 */
public final class NodeSession {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSession.class);

    /** For connecting and asking: what takes longer is broken, and tried anew by the next call. */
    private static final long PATIENCE_SECONDS = 5;

    /** So that a server whose node went away without a word takes the session for dead after some 11 s, and not after two hours. */
    private static final Map<String, String> SIGNS_OF_LIFE = Map.of(
            "tcp_keepalives_idle", "5",
            "tcp_keepalives_interval", "2",
            "tcp_keepalives_count", "3");

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final String url;
    private @Nullable Future<PgConnection> connection;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param node shown by {@code pg_stat_activity} as the application's name, and so to whoever asks who holds a lock
     */
    public NodeSession(Vertx vertx, DatabaseSettings database, String node) {
        this.vertx = vertx;
        this.url = database.url();
        this.options = DatabasePool.connectOptions(database, node);
        options.getProperties().putAll(SIGNS_OF_LIFE);
    }

    /**
     * Takes a lock if it is free, and makes sure of one that this session should hold: nothing is believed, the server is asked.
     *
     * @return whether this node holds it now; fails with {@link RefusedException} {@code UNAVAILABLE} when the server does not answer,
     *     and then nothing is held
     */
    public Future<Boolean> hold(AdvisoryLock lock) {
        return ask(lock.holdSql(), row -> row.getBoolean(0));
    }

    /** The nodes whose sessions hold the lock, as one text; empty when there are none, or when they are not ours to see. */
    Future<String> holders(AdvisoryLock lock) {
        return ask(lock.holdersSql(), row -> row.getString(0));
    }

    /** Where the server is, for messages. */
    String url() {
        return url;
    }

    /** Ends the session, and with it all that it holds. It cannot be used any more. */
    public synchronized Future<Void> close() {
        closed = true;
        return connection == null
                ? Future.succeededFuture()
                : connection.compose(PgConnection::close, neverOpened -> Future.succeededFuture());
    }

    private <T> Future<T> ask(String sql, Function<Row, T> read) {
        Context caller = vertx.getOrCreateContext();
        Promise<T> answer = Promise.promise();
        Future<PgConnection> asked = connection();
        asked.compose(open -> open.query(sql).execute())
                .map(rows -> read.apply(rows.iterator().next()))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .onFailure(failure -> {
                    LOG.debug("the node's session broke", failure);
                    forget(asked);
                })
                .recover(failure -> Future.failedFuture(
                        new RefusedException(ErrorCode.UNAVAILABLE, "PostgreSQL is not available")))
                .onComplete(done -> caller.runOnContext(ignored -> answer.handle(done)));
        return answer.future();
    }

    private synchronized Future<PgConnection> connection() {
        if (closed) {
            return Future.failedFuture("the session was closed");
        }
        if (connection == null) {
            Future<PgConnection> opening = PgConnection.connect(vertx, options);
            connection = opening;
            // What breaks it shows in the answers of its statements; unheard, the client would print it.
            opening.onSuccess(open -> open.exceptionHandler(broke -> LOG.debug("the node's session broke", broke))
                    .closeHandler(gone -> forget(opening)));
        }
        return connection;
    }

    /** Its locks must not outlive our trust in it, so it is closed, also when it comes to be only later. */
    private synchronized void forget(Future<PgConnection> broken) {
        if (connection == broken) {
            connection = null;
            broken.onSuccess(PgConnection::close);
        }
    }
}
