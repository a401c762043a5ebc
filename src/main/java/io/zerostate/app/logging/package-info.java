/**
 * Where log lines go and what they look like.
 *
 * <p>Layer 4. Imports {@code config}; Logback and its JSON encoder.
 */
@NullMarked
package io.zerostate.app.logging;

import org.jspecify.annotations.NullMarked;
