package io.zerostate.wasm;

import static io.zerostate.wasm.WasmBytes.END;
import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.call;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.i32;
import static io.zerostate.wasm.WasmBytes.i64;
import static io.zerostate.wasm.WasmBytes.leb;

import io.zerostate.task.Bytes;
import java.util.Random;

/**
 * Writes programs that are valid, end by themselves or trap, and show all that they did: at their end they write the start of their
 * memory, into which everything went, to stdout. The same seed gives the same program.
 */
public final class ProgramGenerator {
    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;
    private static final int F32 = 0x7d;
    private static final int F64 = 0x7c;
    private static final int[] TYPES = {I32, I64, F32, F64};
    private static final int LOCALS_OF_A_TYPE = 3;
    /** Written at the end; stores go a little beyond it. */
    private static final int SHOWN_BYTES = 4096;
    /** Of the last local of type i32, which counts the rounds of loops. */
    private static final int COUNTER = LOCALS_OF_A_TYPE - 1;

    private static final int[] I32_UNARY = {0x67, 0x68, 0x69, 0xc0, 0xc1, 0x45};
    private static final int[] I64_UNARY = {0x79, 0x7a, 0x7b, 0xc2, 0xc3, 0xc4};
    private static final int FLOAT_UNARY = 7;
    /** Division and remainder are among them, and trap now and then. */
    private static final int I32_BINARY = 0x6a;

    private static final int I64_BINARY = 0x7c;
    private static final int INTEGER_OPERATIONS = 15;
    /** Without copysign, the last: the sign of a NaN is the engine's own choice. */
    private static final int FLOAT_OPERATIONS = 6;

    private final Random random;
    private int function;

    public ProgramGenerator(long seed) {
        this.random = new Random(seed);
    }

    public Bytes program() {
        WasmBytes wasm = new WasmBytes().importing("fd_write").memory(1, 3).table(4).global();
        int functions = random.nextInt(1, 5);
        // Functions call only those behind them, so that there is an end.
        for (function = 0; function < functions; function++) {
            byte[] code = statements(random.nextInt(2, 10), 3, functions);
            wasm.rawFunction(locals(), code, function == 0 ? show() : new byte[0], bytes(END));
        }
        return wasm.build();
    }

    private static byte[] locals() {
        byte[] groups = leb(TYPES.length);
        for (int type : TYPES) {
            groups = concat(groups, leb(LOCALS_OF_A_TYPE), bytes(type));
        }
        return groups;
    }

    private static byte[] show() {
        int vector = SHOWN_BYTES + 64;
        return concat(
                i32(vector), i32(0), bytes(0x36, 2, 0),
                i32(vector + 4), i32(SHOWN_BYTES), bytes(0x36, 2, 0),
                i32(1), i32(vector), i32(1), i32(vector + 8), call(0), bytes(0x1a));
    }

    private byte[] statements(int count, int depth, int functions) {
        byte[] code = {};
        for (int i = 0; i < count; i++) {
            code = concat(code, statement(depth, functions));
        }
        return code;
    }

    private byte[] statement(int depth, int functions) {
        int type = TYPES[random.nextInt(TYPES.length)];
        return switch (random.nextInt(depth > 0 ? 12 : 5)) {
            case 0, 1 -> concat(expression(type, 4), bytes(0x21), leb(local(type)));
            case 2, 3 -> store();
            case 4 -> concat(expression(I32, 3), bytes(0x24, 0));
            case 5 -> concat(expression(I32, 3), bytes(0x04, 0x40), statements(2, depth - 1, functions), bytes(0x05),
                    statements(2, depth - 1, functions), bytes(END));
            case 6 -> loop(depth, functions);
            case 7 -> concat(bytes(0x02, 0x40), statements(1, depth - 1, functions), expression(I32, 2), bytes(0x0d, 0),
                    statements(2, depth - 1, functions), bytes(END));
            case 8 -> concat(bytes(0x02, 0x40, 0x02, 0x40, 0x02, 0x40), expression(I32, 3), bytes(0x0e, 2, 0, 1, 2, END),
                    statements(1, depth - 1, functions), bytes(END), statements(1, depth - 1, functions), bytes(END));
            case 9 -> function + 1 < functions ? call(random.nextInt(function + 2, functions + 1)) : store();
            case 10 -> bulk();
            default -> random.nextInt(12) == 0
                    ? concat(expression(I32, 2), bytes(0x11, 0, 0))
                    : concat(i32(random.nextInt(2)), bytes(0x40, 0), bytes(0x21), leb(local(I32)));
        };
    }

    /** A few rounds. Loops within share the counter: a round more or less, but the sum is bounded by what each starts with. */
    private byte[] loop(int depth, int functions) {
        return concat(
                i32(random.nextInt(1, 6)), bytes(0x21), leb(COUNTER),
                bytes(0x03, 0x40),
                statements(2, 0, functions),
                bytes(0x20), leb(COUNTER), i32(1), bytes(0x6b, 0x22), leb(COUNTER), i32(0), bytes(0x4a, 0x0d, 0, END),
                statements(1, depth - 1, functions));
    }

    private byte[] bulk() {
        byte[] from = address();
        byte[] to = address();
        return random.nextBoolean()
                ? concat(from, to, i32(random.nextInt(200)), bytes(0xfc, 10, 0, 0))
                : concat(from, expression(I32, 1), i32(random.nextInt(200)), bytes(0xfc, 11, 0));
    }

    private byte[] store() {
        return switch (random.nextInt(6)) {
            case 0 -> concat(address(), expression(I32, 4), bytes(0x36, 0, random.nextInt(9)));
            case 1 -> concat(address(), expression(I64, 4), bytes(0x37, 0, random.nextInt(9)));
            case 2 -> concat(address(), expression(I32, 4), bytes(0x3a, 0, 0));
            case 3 -> concat(address(), expression(I64, 4), bytes(0x3d, 0, 0));
            // The bits of a NaN are the engine's own choice, so floats are shown as integers.
            case 4 -> concat(address(), expression(F32, 4), bytes(0xfc, random.nextInt(2), 0x36, 0, 0));
            default -> concat(address(), expression(F64, 4), bytes(0xfc, random.nextInt(6, 8), 0x37, 0, 0));
        };
    }

    /** Mostly within what is shown. */
    private byte[] address() {
        return random.nextInt(40) == 0 ? expression(I32, 2) : concat(expression(I32, 2), i32(SHOWN_BYTES - 256), bytes(0x71));
    }

    private int local(int type) {
        int bound = type == I32 ? COUNTER : LOCALS_OF_A_TYPE;
        return (0x7f - type) * LOCALS_OF_A_TYPE + random.nextInt(bound);
    }

    private byte[] expression(int type, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return random.nextBoolean() ? constant(type) : concat(bytes(0x20), leb(local(type)));
        }
        return switch (random.nextInt(6)) {
            case 0 -> unary(type, depth - 1);
            case 1 -> load(type);
            case 2 -> converted(type, depth - 1);
            case 3 -> concat(expression(type, depth - 1), expression(type, depth - 1), expression(I32, depth - 1), bytes(0x1b));
            default -> binary(type, depth - 1);
        };
    }

    private byte[] constant(int type) {
        long value = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(-3, 70);
        return switch (type) {
            case I32 -> i32(random.nextInt(9) == 0 ? Integer.MIN_VALUE : (int) value);
            case I64 -> i64(random.nextInt(9) == 0 ? Long.MIN_VALUE : value);
            case F32 -> concat(bytes(0x43), little(Float.floatToIntBits(random.nextInt(9) == 0 ? Float.NaN : value / 8f), 4));
            default -> concat(bytes(0x44), little(Double.doubleToLongBits(random.nextInt(9) == 0 ? -0.0 : value / 8.0), 8));
        };
    }

    private static byte[] little(long bits, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (bits >>> 8 * i);
        }
        return bytes;
    }

    private byte[] unary(int type, int depth) {
        return switch (type) {
            case I32 -> concat(expression(I32, depth), bytes(I32_UNARY[random.nextInt(I32_UNARY.length)]));
            case I64 -> concat(expression(I64, depth), bytes(I64_UNARY[random.nextInt(I64_UNARY.length)]));
            case F32 -> concat(expression(F32, depth), bytes(0x8b + random.nextInt(FLOAT_UNARY)));
            default -> concat(expression(F64, depth), bytes(0x99 + random.nextInt(FLOAT_UNARY)));
        };
    }

    private byte[] binary(int type, int depth) {
        int opcode = switch (type) {
            case I32 -> I32_BINARY + random.nextInt(INTEGER_OPERATIONS);
            case I64 -> I64_BINARY + random.nextInt(INTEGER_OPERATIONS);
            case F32 -> 0x92 + random.nextInt(FLOAT_OPERATIONS);
            default -> 0xa0 + random.nextInt(FLOAT_OPERATIONS);
        };
        return concat(expression(type, depth), expression(type, depth), bytes(opcode));
    }

    private byte[] load(int type) {
        return switch (type) {
            case I32 -> concat(address(), bytes(random.nextBoolean() ? 0x28 : random.nextInt(0x2c, 0x30), 0, random.nextInt(9)));
            case I64 -> concat(address(), bytes(random.nextBoolean() ? 0x29 : random.nextInt(0x30, 0x36), 0, random.nextInt(9)));
            case F32 -> concat(address(), bytes(0x2a, 0, 0));
            default -> concat(address(), bytes(0x2b, 0, 0));
        };
    }

    private byte[] converted(int type, int depth) {
        return switch (type) {
            case I32 -> switch (random.nextInt(5)) {
                case 0 -> concat(expression(I64, depth), bytes(0xa7));
                case 1 -> concat(expression(F64, depth), bytes(0xfc, random.nextInt(2, 4)));
                case 2 -> concat(expression(F32, depth), bytes(0xa8));
                case 3 -> concat(expression(I64, depth), expression(I64, depth), bytes(random.nextInt(0x51, 0x5b)));
                default -> concat(expression(F64, depth), expression(F64, depth), bytes(random.nextInt(0x61, 0x67)));
            };
            case I64 -> concat(expression(I32, depth), bytes(0xac + random.nextInt(2)));
            case F32 -> random.nextBoolean()
                    ? concat(expression(I64, depth), bytes(0xb4 + random.nextInt(2)))
                    : concat(expression(F64, depth), bytes(0xb6));
            default -> random.nextBoolean()
                    ? concat(expression(I32, depth), bytes(0xb7 + random.nextInt(2)))
                    : concat(expression(F32, depth), bytes(0xbb));
        };
    }
}
