package io.zerostate.wasm.split;

/**
 * What splitting one module may cost, whatever its functions look like: no guest decides how much of the node's time and memory its upload
 * takes. Counted and not timed, so that the same module is always split in the same way.
 */
final class Effort {
    /** Of instructions and targets, times the words that a set of the function's locals takes. So many take one to two seconds. */
    private static final long MAX_STEPS = 200_000_000;

    /** Ten times what 40 MB of large functions come to. */
    private static final int MAX_PIECES = 5_000;

    private long steps = MAX_STEPS;
    private int pieces = MAX_PIECES;

    /**
     * A look at each instruction of a function, with the locals that are live there.
     *
     * @throws UnsplittableException when nothing is left, or the thread was interrupted; whoever compiles next ends because of that
     */
    void look(FunctionCode code) {
        steps -= code.steps() * (1 + code.locals.size() / Long.SIZE);
        if (steps < 0 || Thread.currentThread().isInterrupted()) {
            throw new UnsplittableException("the module has too many large functions");
        }
    }

    /** @throws UnsplittableException when so many more are too many */
    void pieces(int more) {
        pieces -= more;
        if (pieces < 0) {
            throw new UnsplittableException("the module would come to too many pieces");
        }
    }
}
