package io.zerostate.wasm;

/** What the gate says of a module. */
public sealed interface Verdict {
    /** It may be parsed, compiled and run. */
    record Passed(ModuleProfile profile) implements Verdict {}

    /** It may not. */
    record Refused(Refusal refusal) implements Verdict {}
}
