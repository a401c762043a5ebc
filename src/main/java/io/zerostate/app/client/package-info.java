/**
 * Speaks to a node over its HTTP interface, for the commands.
 *
 * <p>Layer 4. Imports vertx-core for JSON and for many requests at a time; {@code java.net.http} for one.
 */
@NullMarked
package io.zerostate.app.client;

import org.jspecify.annotations.NullMarked;
