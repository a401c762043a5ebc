/**
 * The {@link io.zerostate.binary.BinaryStore} that keeps modules in a bucket of an S3: that of AWS, or any server that speaks its
 * protocol.
 *
 * <p>Layer 3. Imports {@code binary}, {@code task}, {@code agent}, {@code config}; Vert.x; the AWS SDK, which is named nowhere else.
 */
@NullMarked
package io.zerostate.binary.s3;

import org.jspecify.annotations.NullMarked;
