package io.zerostate.postgres;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.zerostate.config.DatabaseSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The connections of a node to PostgreSQL. */
public final class DatabasePool {
    /** Shorter than the bus waits for an answer, so that a refusal says what happened. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * No statement is silent for longer, so a connection that is, is dead: a server that hangs or a network that swallows packets
     * would otherwise hold its place in the pool until TCP gives up, after a quarter of an hour. Idle connections close, too.
     */
    private static final Duration SILENCE = Duration.ofSeconds(40);

    /** Beyond this many waiting statements the node is hopelessly behind, and says so instead of keeping their bodies in memory. */
    private static final int MAX_WAITING = 10_000;

    /** All statements of the product: the stores have some forty, and lists one per combination of filters. */
    private static final int PREPARED_STATEMENTS = 256;

    private DatabasePool() {}

    /**
     * Opens nothing yet: connections are made when they are needed. The caller closes the pool.
     *
     * @param node shown by {@code pg_stat_activity} as the application's name
     */
    public static Pool create(Vertx vertx, DatabaseSettings database, String node) {
        return create(vertx, database, node, SILENCE);
    }

    static Pool create(Vertx vertx, DatabaseSettings database, String node, Duration silence) {
        PoolOptions pool = new PoolOptions()
                .setMaxSize(database.poolSize())
                .setMaxWaitQueueSize(MAX_WAITING)
                .setConnectionTimeout((int) CONNECT_TIMEOUT.toSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        NetClientOptions network = new NetClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setReadIdleTimeout((int) silence.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgBuilder.pool()
                .with(pool)
                .with(network)
                .connectingTo(connectOptions(database, node))
                .using(vertx)
                .build();
    }

    static PgConnectOptions connectOptions(DatabaseSettings database, String node) {
        PgConnectOptions options = PgConnectOptions.fromUri(database.url())
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS)
                // The default leaves longer texts unprepared, and ours are the long ones.
                .setPreparedStatementCacheSqlLimit(32 * 1024);
        if (!database.user().isEmpty()) {
            options.setUser(database.user());
        }
        if (!database.password().isEmpty()) {
            options.setPassword(database.password());
        }
        options.getProperties().putAll(sessionSettings(node));
        return options;
    }

    private static Map<String, String> sessionSettings(String node) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("application_name", "zerostate " + node);
        settings.put("statement_timeout", String.valueOf(STATEMENT_TIMEOUT.toMillis()));
        // Every statement here finds its rows by an index. A plan that was made while a table was small, and is kept with the
        // prepared statement, would scan the table for as long as the connection lives, while the table grows to millions of rows.
        settings.put("enable_seqscan", "off");
        settings.put("enable_hashjoin", "off");
        settings.put("enable_mergejoin", "off");
        // Made for spinning disks, the default makes an index look dearer than it is.
        settings.put("random_page_cost", "1.1");
        // Without sequential scans estimates can look huge, and compiling a plan takes longer than any of these statements.
        settings.put("jit", "off");
        return settings;
    }
}
