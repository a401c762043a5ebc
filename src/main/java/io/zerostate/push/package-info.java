/**
 * What happens, told live: the SockJS event-bus bridge for browsers and Server-Sent Events for everybody. One consumer of the
 * cluster's {@code task.events} fans out to whoever is connected here; nothing is sent that nobody here watches.
 *
 * <p>Layer 2. Imports {@code task}, {@code agent}, {@code bus}, {@code metrics}; vertx-core, vertx-web.
 */
@NullMarked
package io.zerostate.push;

import org.jspecify.annotations.NullMarked;
