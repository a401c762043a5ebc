/**
 * The truth about tasks: {@code ResultVerticle} accepts, claims, finishes and finds tasks through the {@code TaskStore} port, and tells
 * everybody of each change.
 *
 * <p>Layer 2. Imports layers 0 and 1; vertx-core. Talks to other verticles over the bus only.
 */
@NullMarked
package io.zerostate.result;

import org.jspecify.annotations.NullMarked;
