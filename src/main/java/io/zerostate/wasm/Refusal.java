package io.zerostate.wasm;

/**
 * Why a module cannot be an agent.
 *
 * @param reason one line for people: what, and which limit
 * @param byteOffset where in the module, or {@link #NOWHERE} when the reason has no place
 * @param limit what the module is above, or {@link #NO_LIMIT} when it is not about that
 */
public record Refusal(Code code, String reason, long byteOffset, long limit) {
    public static final long NOWHERE = -1;
    public static final long NO_LIMIT = -1;

    /** For programs. */
    public enum Code {
        /** No WebAssembly at all. */
        NOT_WASM,
        /** Of another version of the binary format. */
        VERSION,
        /** A component, of WASI preview 2 and later. */
        COMPONENT,
        /** Ends too early. */
        TRUNCATED,
        /** Not what the binary format allows. */
        MALFORMED,
        /** Larger in some respect than a module may be. */
        LIMIT,
        /** Uses a part of the language that is not run here. */
        UNSUPPORTED,
        /** Imports what is not given here. */
        IMPORT,
        /** Exports no {@code _start} that could be run. */
        NO_START,
        /** Exports no memory. */
        NO_MEMORY,
        /** Well-formed, but not valid, or impossible to instantiate. */
        INVALID
    }

    static Refusal of(Code code, String reason, long byteOffset) {
        return new Refusal(code, reason, byteOffset, NO_LIMIT);
    }
}
