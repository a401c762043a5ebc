package io.zerostate.wasm;

/** A module cannot be an agent. The answer to a question, so it carries no stack trace. */
public final class ModuleRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal.Code code;
    private final long byteOffset;
    private final long limit;

    public ModuleRefusedException(Refusal refusal) {
        super(refusal.reason(), null, false, false);
        this.code = refusal.code();
        this.byteOffset = refusal.byteOffset();
        this.limit = refusal.limit();
    }

    /**
     * A module that is not valid.
     *
     * @param reason one line for people
     * @param byteOffset where in the module, or -1 when the reason has no place
     */
    public ModuleRefusedException(String reason, long byteOffset) {
        this(Refusal.of(Refusal.Code.INVALID, reason, byteOffset));
    }

    public Refusal refusal() {
        return new Refusal(code, reason(), byteOffset, limit);
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
