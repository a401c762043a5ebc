package io.zerostate.wasm.split;

/** A function is of a kind that cannot be cut, or not at a reasonable price. */
final class UnsplittableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsplittableException(String reason) {
        super(reason, null, false, false);
    }
}
