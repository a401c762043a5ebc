/**
 * The program: its main class. Everything else of layer 4 lies in the packages below: {@code command} holds the commands,
 * {@code node} assembles a node, {@code postgres} brings a database along, {@code client} speaks to a node over HTTP, and
 * {@code logging} sets up the log.
 *
 * <p>Layer 4. May import everything.
 */
@NullMarked
package io.zerostate.app;

import org.jspecify.annotations.NullMarked;
