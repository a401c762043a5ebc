package io.zerostate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.task.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static Vertx vertx;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        Answers.of(vertx.close());
    }

    private static List<String> column(DatabaseSettings database, String sql) {
        Pool pool = DatabasePool.create(vertx, database, "test");
        List<String> values = new ArrayList<>();
        for (Row row : Answers.of(pool.query(sql).execute())) {
            values.add(row.getString(0));
        }
        Answers.of(pool.close());
        return values;
    }

    @Test
    void manyNodesThatStartAtOnceMigrateOnce() throws Exception {
        DatabaseSettings database = TestDatabase.createEmpty();
        try (ExecutorService nodes = Executors.newFixedThreadPool(6)) {
            List<CompletableFuture<Integer>> starts = new ArrayList<>();
            for (int node = 0; node < 6; node++) {
                starts.add(CompletableFuture.supplyAsync(() -> Migrations.run(database), nodes));
            }
            int applied = 0;
            for (CompletableFuture<Integer> start : starts) {
                applied += start.get(60, TimeUnit.SECONDS);
            }
            assertThat(column(database, "SELECT version::text FROM flyway_schema_history WHERE success AND version IS NOT NULL"))
                    .doesNotHaveDuplicates()
                    .contains("1")
                    .hasSize(applied);
        }
        assertThat(Migrations.run(database)).as("a later start").isZero();
    }

    @Test
    void theSchemaIsWhatTheDesignNames() {
        DatabaseSettings database = TestDatabase.create();
        assertThat(column(database, "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"))
                .contains("tenants", "api_keys", "agents", "agent_versions", "tasks", "task_attempts", "task_results");
        assertThat(column(
                        database,
                        """
                        SELECT column_name || ' ' || data_type FROM information_schema.columns
                        WHERE table_name = 'task_results'"""))
                .contains(
                        "task_id uuid",
                        "agent_id uuid",
                        "exit_code integer",
                        "stdout bytea",
                        "stderr bytea",
                        "duration_ms bigint",
                        "error text",
                        "created_at timestamp with time zone");
        assertThat(column(database, "SELECT id || name FROM tenants")).containsExactly(Tenant.DEFAULT_ID + "default");
    }

    @Test
    void anAddressThatIsNotOfPostgresIsRefusedByName() {
        DatabaseSettings wrong = new DatabaseSettings("mysql://localhost/x", "", "", 1);
        assertThatThrownBy(() -> Migrations.run(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("database.url");
    }
}
