/**
 * Where modules are kept: the {@link io.zerostate.binary.BinaryStore} port, content-addressed by SHA-256.
 *
 * <p>Layer 1. Imports {@code task}, {@code agent}; the Vert.x {@code Future}.
 */
@NullMarked
package io.zerostate.binary;

import org.jspecify.annotations.NullMarked;
