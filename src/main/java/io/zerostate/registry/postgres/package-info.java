/**
 * The {@link io.zerostate.registry.AgentStore} in PostgreSQL.
 *
 * <p>Layer 3. Imports {@code registry}, {@code bus} for the records in the port's signatures, {@code agent}, {@code task},
 * {@code postgres}; the Vert.x SQL client.
 */
@NullMarked
package io.zerostate.registry.postgres;

import org.jspecify.annotations.NullMarked;
