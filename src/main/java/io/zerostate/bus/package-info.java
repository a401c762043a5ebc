/**
 * Everything that travels between verticles: the closed list of {@link io.zerostate.bus.Addresses addresses}, one record per
 * message with its codec, and the typed wrapper over the Vert.x event bus.
 *
 * <p>Layer 1. Imports {@code task}, {@code agent}; vertx-core.
 */
@NullMarked
package io.zerostate.bus;

import org.jspecify.annotations.NullMarked;
