package io.zerostate.wasm.split;

/** What splitting one module may cost, whatever its functions look like. Counted and not timed, so that the same module is always split in the same way. */
final class Effort {
    /** Of instructions, times the words that a set of the function's locals takes. So many take one to two seconds. */
    private static final long MAX_STEPS = 200_000_000;

    private long left = MAX_STEPS;

    /** @throws UnsplittableException when nothing is left */
    void spend(FunctionCode code) {
        left -= (long) code.instructions.size() * (1 + code.locals.size() / Long.SIZE);
        if (left < 0) {
            throw new UnsplittableException("the module has too many large functions");
        }
    }
}
