/**
 * The domain: tasks, their states, attempts, limits, retries and outcomes. Values only: no I/O, no clock, no framework.
 *
 * <p>An attempt that did not succeed counts as one of three things. It failed or was {@link io.zerostate.task.Outcome.Lost lost} on a
 * node that lives: a retry, which the {@link io.zerostate.task.RetryPolicy} grants or not. Its node went away under it: a crash, of
 * which a task may have few. Its program was never begun, because the node stopped or because something that it needs is {@link
 * io.zerostate.task.Outcome.Unavailable away}: nothing, however often, because that says nothing about the task.
 *
 * <p>Layer 0. Imports nothing but {@code java.*} and jspecify.
 */
@NullMarked
package io.zerostate.task;

import org.jspecify.annotations.NullMarked;
