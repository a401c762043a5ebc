/**
 * The engine port: how a module becomes something that can be run, and how a run is bounded. Blocking, and free of Vert.x.
 *
 * <p>Layer 1. Imports {@code task}, {@code agent}; Caffeine for the cache.
 */
@NullMarked
package io.zerostate.wasm;

import org.jspecify.annotations.NullMarked;
