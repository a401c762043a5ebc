/**
 * Everything that travels between verticles: the closed list of {@link io.zerostate.bus.Addresses addresses}, one record per
 * message with its codec, and the typed wrapper over the Vert.x event bus.
 *
 * <p>Layer 1. Imports {@code task}, {@code agent}; vertx-core.
 *
 * <h2>Messages of two builds</h2>
 *
 * During a rolling restart, nodes of two builds talk to each other. So a message changes by addition only:
 *
 * <ul>
 *   <li>A writer appends a new field after the last one of its record. It never removes, reorders or retypes a field.
 *   <li>A reader skips what follows the fields that it knows. It reads a field that older builds do not write only while
 *       {@code WireReader.hasMore()}, and otherwise takes a value that means what those builds meant.
 *   <li>Numbers of enum constants and of the cases of a sealed type are never used again for another meaning. A new task event is
 *       skipped by readers that do not know it; any other new constant or case is sent only once every node can read it.
 *   <li>What cannot be an addition is a new wire name ({@code task.execute/2}). Its codec is registered beside the old one, for
 *       reading, one release before anything sends it.
 * </ul>
 *
 * The golden files under {@code src/test/resources/bus} hold each message as earlier builds wrote it.
 */
@NullMarked
package io.zerostate.bus;

import org.jspecify.annotations.NullMarked;
