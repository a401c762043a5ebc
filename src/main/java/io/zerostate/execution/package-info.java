/**
 * Execution: one {@code ExecutionWorkerVerticle} per slot runs one task at a time on a worker thread; {@code ActiveRuns}, on an event
 * loop, stops runs and carries their live output, because a worker hears nothing while it runs a task.
 *
 * <p>Layer 2. Imports layers 0 and 1; vertx-core. Talks to other verticles over the bus only.
 */
@NullMarked
package io.zerostate.execution;

import org.jspecify.annotations.NullMarked;
