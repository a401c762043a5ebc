package io.zerostate.postgres;

import io.zerostate.config.DatabaseSettings;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the schema to what this build needs: {@code db/migration/V*.sql}, by Flyway. */
public final class Migrations {
    private static final String SCHEME = "postgresql://";

    private Migrations() {}

    /**
     * Applies what is missing. Safe when many nodes start at once: Flyway holds an advisory lock, the others wait for it and find
     * nothing left to do. Blocks, over JDBC; call before the first verticle is deployed.
     *
     * @return how many migrations were applied
     * @throws FlywayException when the server cannot be reached, or an applied migration is not the one in this build. A schema that
     *     is newer than this build is taken as it is: nodes of two builds share it during a rolling restart
     */
    public static int run(DatabaseSettings database) {
        return configuration(database).load().migrate().migrationsExecuted;
    }

    private static FluentConfiguration configuration(DatabaseSettings database) {
        if (!database.url().startsWith(SCHEME)) {
            throw new IllegalArgumentException("database.url must start with " + SCHEME);
        }
        return Flyway.configure()
                .dataSource("jdbc:" + database.url(), database.user(), database.password())
                .locations("classpath:db/migration")
                .validateMigrationNaming(true);
    }
}
