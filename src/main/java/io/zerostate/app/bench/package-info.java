/**
 * Measures a node from outside: sends it tasks at a rate or as fast as it takes them, watches them end, and says how long each part took.
 *
 * <p>Layer 4. Imports {@code app.client} and layer 0; HdrHistogram, and of vertx-core futures and JSON.
 */
@NullMarked
package io.zerostate.app.bench;

import org.jspecify.annotations.NullMarked;
