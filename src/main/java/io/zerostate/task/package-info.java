/**
 * The domain: tasks, their states, attempts, limits, retries and outcomes. Values only: no I/O, no clock, no framework.
 *
 * <p>Layer 0. Imports nothing but {@code java.*} and jspecify.
 */
@NullMarked
package io.zerostate.task;

import org.jspecify.annotations.NullMarked;
