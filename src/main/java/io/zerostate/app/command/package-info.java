/**
 * The commands, one class each, and how they speak to people. Most of them are clients of a node; {@code dev} and {@code serve} are
 * a node; {@code run} needs none.
 *
 * <p>Layer 4. May import everything but the main class; picocli.
 */
@NullMarked
package io.zerostate.app.command;

import org.jspecify.annotations.NullMarked;
