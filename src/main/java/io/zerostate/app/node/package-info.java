/**
 * A node: its parts put together, started in order and stopped in reverse.
 *
 * <p>Layer 4. Imports everything below it: this is where adapters are chosen.
 */
@NullMarked
package io.zerostate.app.node;

import org.jspecify.annotations.NullMarked;
