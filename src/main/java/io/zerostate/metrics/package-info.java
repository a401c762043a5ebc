/**
 * Meter names and the calls that record them, one class per part of the product. All names start with {@code zerostate.}.
 *
 * <p>Layer 1. Imports {@code task}; micrometer.
 */
@NullMarked
package io.zerostate.metrics;

import org.jspecify.annotations.NullMarked;
