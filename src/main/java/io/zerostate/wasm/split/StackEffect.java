package io.zerostate.wasm.split;

/** What instructions that always do the same to the operand stack take from it, and what they leave there. */
final class StackEffect {
    static final byte NOTHING = 0;
    static final byte I32 = 0x7f;
    static final byte I64 = 0x7e;
    static final byte F32 = 0x7d;
    static final byte F64 = 0x7c;
    static final byte FUNCREF = 0x70;

    private StackEffect() {}

    /** Whether values of a type take two slots of the JVM. */
    static boolean isWide(byte type) {
        return type == I64 || type == F64;
    }

    /** How many values it takes. */
    static int pops(int opcode) {
        if (opcode >= Opcode.PREFIX << 8) {
            return prefixedPops(opcode);
        }
        return switch (opcode) {
            case Opcode.NOP, Opcode.UNREACHABLE, Opcode.MEMORY_SIZE, Opcode.I32_CONST, Opcode.I64_CONST, Opcode.F32_CONST, Opcode.F64_CONST,
                    Opcode.REF_NULL, Opcode.REF_FUNC, Opcode.GLOBAL_GET -> 0;
            case Opcode.GLOBAL_SET, Opcode.TABLE_GET, Opcode.MEMORY_GROW, Opcode.REF_IS_NULL, Opcode.DROP -> 1;
            case Opcode.TABLE_SET -> 2;
            case Opcode.SELECT, Opcode.SELECT_TYPED -> 3;
            default -> {
                if (opcode < Opcode.I32_EQZ) {
                    yield opcode < Opcode.FIRST_STORE ? 1 : 2;
                }
                yield isUnary(opcode) ? 1 : 2;
            }
        };
    }

    private static int prefixedPops(int opcode) {
        return switch (opcode) {
            case Opcode.MEMORY_INIT, Opcode.MEMORY_COPY, Opcode.MEMORY_FILL, Opcode.TABLE_INIT, Opcode.TABLE_COPY, Opcode.TABLE_FILL -> 3;
            case Opcode.DATA_DROP, Opcode.ELEM_DROP, Opcode.TABLE_SIZE -> 0;
            case Opcode.TABLE_GROW -> 2;
            default -> 1;
        };
    }

    private static boolean isUnary(int opcode) {
        return opcode == Opcode.I32_EQZ
                || opcode == 0x50
                || opcode >= 0x67 && opcode <= 0x69
                || opcode >= 0x79 && opcode <= 0x7b
                || opcode >= 0x8b && opcode <= 0x91
                || opcode >= 0x99 && opcode <= 0x9f
                || opcode >= 0xa7;
    }

    /** The type of the value it leaves, or {@link #NOTHING}; not for those that depend on something else. */
    static byte pushes(int opcode) {
        if (opcode < Opcode.I32_EQZ) {
            return switch (opcode) {
                case 0x28, 0x2c, 0x2d, 0x2e, 0x2f, Opcode.I32_CONST, Opcode.MEMORY_SIZE, Opcode.MEMORY_GROW -> I32;
                case 0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, Opcode.I64_CONST -> I64;
                case 0x2a, Opcode.F32_CONST -> F32;
                case 0x2b, Opcode.F64_CONST -> F64;
                default -> NOTHING;
            };
        }
        if (opcode <= 0xa6) {
            return numeric(opcode);
        }
        return switch (opcode) {
            case 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xbc, 0xc0, 0xc1, Opcode.REF_IS_NULL -> I32;
            case 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xbd, 0xc2, 0xc3, 0xc4 -> I64;
            case 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xbe -> F32;
            case 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbf -> F64;
            case Opcode.REF_FUNC -> FUNCREF;
            case 0xfc00, 0xfc01, 0xfc02, 0xfc03, Opcode.TABLE_GROW, Opcode.TABLE_SIZE -> I32;
            case 0xfc04, 0xfc05, 0xfc06, 0xfc07 -> I64;
            default -> NOTHING;
        };
    }

    /** Tests and comparisons, and then arithmetic, type by type. */
    private static byte numeric(int opcode) {
        if (opcode <= 0x78) {
            return I32;
        }
        if (opcode <= 0x8a) {
            return I64;
        }
        return opcode <= 0x98 ? F32 : F64;
    }
}
