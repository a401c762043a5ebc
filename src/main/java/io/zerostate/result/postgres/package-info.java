/**
 * The {@link io.zerostate.result.TaskStore} in PostgreSQL: one class per statement, each with its SQL, its arguments and the reading of
 * its rows.
 *
 * <p>Layer 3. Imports {@code result}, {@code bus} for the records in the port's signatures, {@code task}, {@code postgres}; the Vert.x
 * SQL client.
 */
@NullMarked
package io.zerostate.result.postgres;

import org.jspecify.annotations.NullMarked;
