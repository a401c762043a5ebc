/**
 * The task queue of a single node, in memory. Correct because PostgreSQL holds the truth: the reconciler rebuilds all of it at start.
 *
 * <p>Layer 3. Imports {@code queue} (its port), {@code bus} for the values of that port, layer 0 and {@code config}; vertx-core.
 */
@NullMarked
package io.zerostate.queue.local;

import org.jspecify.annotations.NullMarked;
