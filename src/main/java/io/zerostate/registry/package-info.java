/**
 * Agents: {@code AgentVerticle} validates, compiles and registers uploads, and finds agents through the {@code AgentStore} port.
 *
 * <p>Layer 2. Imports layers 0 and 1; vertx-core. Talks to other verticles over the bus only.
 */
@NullMarked
package io.zerostate.registry;

import org.jspecify.annotations.NullMarked;
