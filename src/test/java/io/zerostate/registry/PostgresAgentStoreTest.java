package io.zerostate.registry;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.zerostate.postgres.Answers;
import io.zerostate.postgres.DatabasePool;
import io.zerostate.postgres.TestDatabase;
import io.zerostate.registry.postgres.PostgresAgentStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The suite for stores of agents, on PostgreSQL. */
class PostgresAgentStoreTest extends AgentStoreContract {
    private static Vertx vertx;
    private static Pool pool;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        pool = DatabasePool.create(vertx, TestDatabase.create(), "test");
    }

    @AfterAll
    static void close() {
        Answers.of(pool.close());
        Answers.of(vertx.close());
    }

    @Override
    AgentStore store() {
        return new PostgresAgentStore(pool);
    }
}
