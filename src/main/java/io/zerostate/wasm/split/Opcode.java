package io.zerostate.wasm.split;

/** The opcodes that splitting looks at; all others are carried over as they are. */
final class Opcode {
    static final int UNREACHABLE = 0x00;
    static final int NOP = 0x01;
    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int ELSE = 0x05;
    static final int END = 0x0b;
    static final int BR = 0x0c;
    static final int BR_IF = 0x0d;
    static final int BR_TABLE = 0x0e;
    static final int RETURN = 0x0f;
    static final int CALL = 0x10;
    static final int CALL_INDIRECT = 0x11;
    static final int DROP = 0x1a;
    static final int SELECT = 0x1b;
    static final int SELECT_TYPED = 0x1c;
    static final int LOCAL_GET = 0x20;
    static final int LOCAL_SET = 0x21;
    static final int LOCAL_TEE = 0x22;
    static final int GLOBAL_GET = 0x23;
    static final int GLOBAL_SET = 0x24;
    static final int TABLE_GET = 0x25;
    static final int TABLE_SET = 0x26;
    static final int FIRST_LOAD = 0x28;
    static final int FIRST_STORE = 0x36;
    static final int LAST_STORE = 0x3e;
    static final int MEMORY_SIZE = 0x3f;
    static final int MEMORY_GROW = 0x40;
    static final int I32_CONST = 0x41;
    static final int I64_CONST = 0x42;
    static final int F32_CONST = 0x43;
    static final int F64_CONST = 0x44;
    static final int I32_EQZ = 0x45;
    static final int I32_SUB = 0x6b;
    static final int REF_NULL = 0xd0;
    static final int REF_IS_NULL = 0xd1;
    static final int REF_FUNC = 0xd2;
    static final int PREFIX = 0xfc;
    static final int MEMORY_INIT = 0xfc08;
    static final int DATA_DROP = 0xfc09;
    static final int MEMORY_COPY = 0xfc0a;
    static final int MEMORY_FILL = 0xfc0b;
    static final int TABLE_INIT = 0xfc0c;
    static final int ELEM_DROP = 0xfc0d;
    static final int TABLE_COPY = 0xfc0e;
    static final int TABLE_GROW = 0xfc0f;
    static final int TABLE_SIZE = 0xfc10;
    static final int TABLE_FILL = 0xfc11;

    static final byte VOID = 0x40;

    private Opcode() {}

    /** Moves behind what follows an opcode, of those that have one fixed form. */
    static void skipImmediates(int opcode, CodeReader in) {
        switch (opcode) {
            case CALL, LOCAL_GET, LOCAL_SET, LOCAL_TEE, GLOBAL_GET, GLOBAL_SET, TABLE_GET, TABLE_SET, MEMORY_SIZE, MEMORY_GROW,
                    I32_CONST, I64_CONST, REF_FUNC, REF_NULL, DATA_DROP, MEMORY_FILL, ELEM_DROP, TABLE_GROW, TABLE_SIZE, TABLE_FILL ->
                in.skipNumber();
            case CALL_INDIRECT, MEMORY_INIT, MEMORY_COPY, TABLE_INIT, TABLE_COPY -> {
                in.skipNumber();
                in.skipNumber();
            }
            case F32_CONST -> in.skip(Float.BYTES);
            case F64_CONST -> in.skip(Double.BYTES);
            case SELECT_TYPED -> in.types();
            default -> {
                if (opcode >= FIRST_LOAD && opcode <= LAST_STORE) {
                    in.skipNumber();
                    in.skipNumber();
                }
            }
        }
    }

    /** Whether control never gets behind it. */
    static boolean isFinal(int opcode) {
        return opcode == BR || opcode == BR_TABLE || opcode == UNREACHABLE;
    }

    static boolean opensBlock(int opcode) {
        return opcode == BLOCK || opcode == LOOP || opcode == IF;
    }
}
