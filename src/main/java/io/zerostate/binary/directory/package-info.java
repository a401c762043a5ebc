/**
 * The {@link io.zerostate.binary.BinaryStore} that keeps modules in a directory of the file system.
 *
 * <p>Layer 3. Imports {@code binary}, {@code task}, {@code agent}; Vert.x.
 */
@NullMarked
package io.zerostate.binary.directory;

import org.jspecify.annotations.NullMarked;
