/** A browser that tests drive: Debian's Chromium, over its DevTools protocol and the WebSocket client of the JDK. */
@NullMarked
package io.zerostate.browser;

import org.jspecify.annotations.NullMarked;
