package io.zerostate.wasm;

import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.i32;
import static io.zerostate.wasm.WasmBytes.i64;
import static io.zerostate.wasm.WasmBytes.leb;

import java.util.Random;

/** Writes expressions of all types for {@link ShapedProgramGenerator}, from constants, locals, loads and all operations. */
final class ExpressionGenerator {
    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;
    private static final int F32 = 0x7d;
    private static final int F64 = 0x7c;
    private static final int LOCALS_OF_A_TYPE = 3;
    private static final int SHOWN_BYTES = 4096;

    private static final int[] I32_UNARY = {0x67, 0x68, 0x69, 0xc0, 0xc1, 0x45};
    private static final int[] I64_UNARY = {0x79, 0x7a, 0x7b, 0xc2, 0xc3, 0xc4};
    private static final int FLOAT_UNARY = 7;
    private static final int I32_BINARY = 0x6a;
    private static final int I64_BINARY = 0x7c;
    private static final int INTEGER_OPERATIONS = 15;
    /** Division and remainder, with and without sign, by their places among the operations. */
    private static final int FIRST_DIVISION = 3;

    private static final int LAST_DIVISION = 6;
    /** Without copysign, the last: the sign of a NaN is the engine's own choice. */
    private static final int FLOAT_OPERATIONS = 6;
    /** How rarely something that may trap is left as it is: programs should get far. */
    private static final int DARING = 60;

    private final Random random;
    private int firstLocal;

    ExpressionGenerator(Random random) {
        this.random = random;
    }

    /** @param parameters how many the next function has, which come before its locals */
    void startFunction(int parameters) {
        firstLocal = parameters;
    }

    int firstLocal() {
        return firstLocal;
    }

    int local(int type) {
        int bound = type == I32 ? LOCALS_OF_A_TYPE - 1 : LOCALS_OF_A_TYPE;
        return firstLocal + (I32 - type) * LOCALS_OF_A_TYPE + random.nextInt(bound);
    }

    byte[] expression(int type, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return random.nextBoolean() ? constant(type) : concat(bytes(0x20), leb(local(type)));
        }
        return switch (random.nextInt(7)) {
            case 0 -> unary(type, depth - 1);
            case 1 -> load(type);
            case 2 -> converted(type, depth - 1);
            case 3 -> concat(expression(type, depth - 1), expression(type, depth - 1), expression(I32, depth - 1), bytes(0x1b));
            case 4 -> concat(expression(type, depth - 1), bytes(0x22), leb(local(type)));
            default -> binary(type, depth - 1);
        };
    }

    /** Mostly within what is shown. */
    byte[] address() {
        return random.nextInt(DARING) == 0 ? expression(I32, 2) : concat(expression(I32, 2), i32(SHOWN_BYTES - 256), bytes(0x71));
    }

    /** Stores a value of a type that is on the stack, above its address. */
    byte[] storeOnly(int type) {
        return switch (type) {
            case I32 -> random.nextBoolean() ? bytes(0x36, 0, random.nextInt(9)) : bytes(0x3a, 0, 0);
            case I64 -> random.nextBoolean() ? bytes(0x37, 0, random.nextInt(9)) : bytes(0x3d, 0, 0);
            // The bits of a NaN are the engine's own choice, so floats are shown as integers.
            case F32 -> bytes(0xfc, random.nextInt(2), 0x36, 0, 0);
            default -> bytes(0xfc, random.nextInt(6, 8), 0x37, 0, 0);
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
        return switch (type) {
            case I32 -> integerBinary(I32, I32_BINARY, i32(1), 0x72, depth);
            case I64 -> integerBinary(I64, I64_BINARY, i64(1), 0x84, depth);
            case F32 -> concat(expression(F32, depth), expression(F32, depth), bytes(0x92 + random.nextInt(FLOAT_OPERATIONS)));
            default -> concat(expression(F64, depth), expression(F64, depth), bytes(0xa0 + random.nextInt(FLOAT_OPERATIONS)));
        };
    }

    private byte[] integerBinary(int type, int first, byte[] one, int or, int depth) {
        int operation = random.nextInt(INTEGER_OPERATIONS);
        boolean divides = operation >= FIRST_DIVISION && operation <= LAST_DIVISION;
        byte[] odd = divides && random.nextInt(DARING) > 0 ? concat(one, bytes(or)) : new byte[0];
        return concat(expression(type, depth), expression(type, depth), odd, bytes(first + operation));
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
                case 2 -> concat(expression(F32, depth), random.nextInt(DARING) == 0 ? bytes(0xa8) : bytes(0xfc, 0));
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
