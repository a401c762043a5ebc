/**
 * The domain of agents: uploaded programs, their versions, what they may use, and the address of their binary. Values only.
 *
 * <p>Layer 0. Imports {@code task} and jspecify.
 */
@NullMarked
package io.zerostate.agent;

import org.jspecify.annotations.NullMarked;
