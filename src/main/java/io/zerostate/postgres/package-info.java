/**
 * What the PostgreSQL adapters of two ports stand on: the schema's migrations, the connection pool, and the one way in which a
 * statement is run and its failures are told apart; and the locks by which nodes agree. Knows nothing of tasks or agents.
 *
 * <p>Layer 1. Imports {@code task} (for refusals), {@code config}; the Vert.x PostgreSQL client, Flyway and JDBC.
 */
@NullMarked
package io.zerostate.postgres;

import org.jspecify.annotations.NullMarked;
