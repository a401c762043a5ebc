/**
 * Speaks to a node over its HTTP interface, for the commands.
 *
 * <p>Layer 4. Imports the JSON reader of vertx-core; {@code java.net.http}.
 */
@NullMarked
package io.zerostate.app.client;

import org.jspecify.annotations.NullMarked;
