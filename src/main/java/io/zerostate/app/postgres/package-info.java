/**
 * A real PostgreSQL server that a node brings along and keeps in its data directory: unpacked from the jar, started before
 * everything else and stopped after it.
 *
 * <p>Layer 4. Imports {@code config}; Commons Compress, which unpacks the server, and the PostgreSQL JDBC driver.
 */
@NullMarked
package io.zerostate.app.postgres;

import org.jspecify.annotations.NullMarked;
