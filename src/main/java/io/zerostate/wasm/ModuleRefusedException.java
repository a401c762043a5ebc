package io.zerostate.wasm;

/** A module cannot be an agent. The answer to a question, so it carries no stack trace. */
public final class ModuleRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long byteOffset;

    /**
     * @param reason one line for people: what, and which limit
     * @param byteOffset where in the module, or -1 when the reason has no place
     */
    public ModuleRefusedException(String reason, long byteOffset) {
        super(reason, null, false, false);
        this.byteOffset = byteOffset;
    }

    /** One line for people. Never null: every refusal says why. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Where in the module, or -1 when the reason has no place. */
    public long byteOffset() {
        return byteOffset;
    }
}
