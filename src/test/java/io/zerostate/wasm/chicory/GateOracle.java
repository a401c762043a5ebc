package io.zerostate.wasm.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.ModuleGate;
import io.zerostate.wasm.ModuleProfile;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.Verdict;

/**
 * What holds for every file there is: the gate answers, and answers the same again; what it lets through the parser reads, or refuses;
 * and what the parser has read is what the gate has seen, instruction for instruction.
 */
final class GateOracle {
    private GateOracle() {}

    /** How far a file got. */
    enum End {
        REFUSED_BY_THE_GATE,
        REFUSED_BY_THE_PARSER,
        PARSED
    }

    /** @throws AssertionError when something does not hold */
    static End check(Bytes wasm) {
        Verdict verdict = ModuleGate.inspect(wasm);
        return switch (verdict) {
            case Verdict.Refused(var refusal) -> {
                require(!refusal.reason().isBlank() && refusal.reason().length() < 400, refusal.reason());
                require(refusal.reason().chars().allMatch(c -> c >= ' ' && c <= '~'), "the reason is not printable");
                require(refusal.byteOffset() >= -1 && refusal.byteOffset() <= wasm.length(), "the offset is outside");
                yield End.REFUSED_BY_THE_GATE;
            }
            case Verdict.Passed(var profile) -> parse(wasm, profile);
        };
    }

    private static End parse(Bytes wasm, ModuleProfile profile) {
        try {
            compare(ModuleParser.parse(wasm), profile);
            return End.PARSED;
        } catch (ModuleRefusedException refused) {
            require(!refused.reason().contains("\n"), refused.reason());
            return End.REFUSED_BY_THE_PARSER;
        }
    }

    private static void compare(WasmModule module, ModuleProfile profile) {
        require(module.codeSection().functionBodyCount() == profile.functions(), "functions");
        require(module.importSection().importCount() == profile.imports().size(), "imports");
        require(module.exportSection().exportCount() == profile.exports().size(), "exports");
        require(module.memorySection().orElseThrow().memoryCount() == 1, "memories");
        require(module.startSection().isEmpty(), "a start section");
        require(module.tagSection().isEmpty(), "tags");
        for (FunctionBody body : module.codeSection().functionBodies()) {
            body.instructions().forEach(instruction -> require(isAllowed(instruction.opcode()), instruction.toString()));
        }
    }

    private static boolean isAllowed(OpCode opcode) {
        int code = opcode.opcode();
        return code <= 0x05
                || code >= 0x0b && code <= 0x11
                || code >= 0x1a && code <= 0x1c
                || code >= 0x20 && code <= 0x26
                || code >= 0x28 && code <= 0xc4
                || code >= 0xd0 && code <= 0xd2
                || code >= 0xfc00 && code <= 0xfc11;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("the gate saw something else than the parser: " + what);
        }
    }
}
