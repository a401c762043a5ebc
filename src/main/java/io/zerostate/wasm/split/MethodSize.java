package io.zerostate.wasm.split;

/** How many bytes an instruction takes in the JVM's code, as Chicory 1.7.5 writes it: the usual form, not the longest. */
final class MethodSize {
    private static final int JUMP = 3;
    private static final int INVOKE = 3;
    private static final int LOAD_SLOT = 2;
    private static final int INTERRUPTION_CHECK = INVOKE;
    /** Taken from the array in which several results come, converted and stored. */
    private static final int UNPACKED_RESULT = 10;

    private static final int WRITTEN_TABLE_ENTRY = 4;
    /** Less than what is written, as it is not code that anybody has to compile. */
    private static final int TABLE_ENTRY = 1;
    private static final int TABLE_HEAD = 16;

    private MethodSize() {}

    static int of(Instruction instruction, ModuleSource module) {
        int opcode = instruction.opcode();
        return switch (opcode) {
            case Opcode.BLOCK, Opcode.LOOP, Opcode.END, Opcode.NOP -> 0;
            case Opcode.IF, Opcode.ELSE -> JUMP;
            case Opcode.BR -> INTERRUPTION_CHECK + JUMP;
            case Opcode.BR_IF -> INTERRUPTION_CHECK + 2 * JUMP;
            case Opcode.BR_TABLE -> TABLE_HEAD + TABLE_ENTRY * instruction.targets().size();
            case Opcode.LOCAL_GET, Opcode.LOCAL_SET, Opcode.I32_CONST -> LOAD_SLOT;
            case Opcode.LOCAL_TEE, Opcode.I64_CONST, Opcode.F32_CONST, Opcode.F64_CONST -> LOAD_SLOT + 1;
            case Opcode.CALL -> call(module.functionType(instruction.operand()));
            case Opcode.CALL_INDIRECT -> call(module.types.get(instruction.operand()));
            case Opcode.DROP -> 1;
            case Opcode.SELECT, Opcode.SELECT_TYPED -> JUMP + 3;
            default -> opcode < Opcode.I32_EQZ || opcode > 0xff ? 2 * LOAD_SLOT + INVOKE + 2 : numeric(opcode);
        };
    }

    static int call(Shape type) {
        int results = type.results().length;
        return INTERRUPTION_CHECK + 2 * LOAD_SLOT + INVOKE + (results > 1 ? UNPACKED_RESULT * results : 0);
    }

    private static int numeric(int opcode) {
        boolean oneInstruction = opcode >= 0x6a && opcode <= 0x6c
                || opcode >= 0x71 && opcode <= 0x76
                || opcode >= 0x7c && opcode <= 0x7e
                || opcode >= 0x83 && opcode <= 0x88
                || opcode >= 0x92 && opcode <= 0x95
                || opcode >= 0xa0 && opcode <= 0xa3
                || opcode == 0xa7
                || opcode == 0xac;
        return oneInstruction ? 1 : INVOKE;
    }

    /** What a part of a function needs of the 64 KiB that a method has: tables count as what they are. */
    static long ofMethod(FunctionCode code, int from, int to, ModuleSource module) {
        long size = 0;
        for (Instruction instruction : code.instructions.subList(from, to)) {
            boolean table = instruction.opcode() == Opcode.BR_TABLE;
            size += of(instruction, module) + (table ? (long) (WRITTEN_TABLE_ENTRY - TABLE_ENTRY) * instruction.targets().size() : 0);
        }
        return size;
    }

    /** Before each instruction, and at the end: the size of all that comes before. */
    static long[] sums(FunctionCode code, ModuleSource module) {
        long[] sums = new long[code.instructions.size() + 1];
        for (int i = 0; i < code.instructions.size(); i++) {
            sums[i + 1] = sums[i] + of(code.instructions.get(i), module);
        }
        return sums;
    }
}
