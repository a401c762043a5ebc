/**
 * Dispatch: {@code QueueConsumerVerticle} leases tasks for idle workers through the {@link io.zerostate.queue.TaskQueue} port, and sees
 * each attempt from its claim to its release.
 *
 * <p>Layer 2. Imports layers 0 and 1; vertx-core. Talks to other verticles over the bus only.
 */
@NullMarked
package io.zerostate.queue;

import org.jspecify.annotations.NullMarked;
