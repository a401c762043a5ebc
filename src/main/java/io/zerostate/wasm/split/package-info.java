/**
 * Cuts functions that are too large for one method of the JVM into several that are not, before anything is compiled.
 *
 * <p>HotSpot compiles small methods well, methods of tens of kilobytes slowly or not at all, and no method has more than 64 KiB; compiled
 * WebAssembly has functions beyond all of these. {@link io.zerostate.wasm.split.FunctionSplitter} turns such a function into pieces, which
 * are functions of the module like any other, and a driver in the place of the original that calls them one after the other. Functions that may
 * be called again while they run stay whole as long as they fit, since each such call would take more of the stack
 * ({@code Reentrance}).
 *
 * <ol>
 *   <li>{@code FunctionDecoder} reads the body, resolves labels and drops what is never reached;
 *   <li>{@code BlockOpener} rewrites the blocks that are to be cut so that nothing is on the operand stack at their borders;
 *   <li>{@code Liveness} finds which locals matter where, and {@code CutFinder} the cheapest places to cut;
 *   <li>{@code PieceWriter} writes each piece: the same instructions in the same order, where branches that leave it return the number
 *       of the place to go on at; {@code DriverWriter} writes the function that calls the piece with that place.
 * </ol>
 *
 * <p>What comes out is WebAssembly again, so that the parser that checked the module checks this too.
 *
 * <p>Layer 1. Imports nothing but the JDK.
 */
@NullMarked
package io.zerostate.wasm.split;

import org.jspecify.annotations.NullMarked;
