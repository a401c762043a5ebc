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
 * Writes programs as {@link ProgramGenerator} does, of more shapes: values pass the borders of blocks on the operand stack, on top of others;
 * functions have parameters and results, and return early. For comparing compiled code with compiled code: the engine's interpreter gets some
 * of these programs wrong, which Node's engine and the compiler agree on.
 */
public final class ShapedProgramGenerator {
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

    /** {@code (i32 i64 f64) -> (i64)}, of every second function. */
    private static final int FUNCTION_TYPE = 2;
    /** {@code (i32 f64) -> (f64 i32)}, of blocks. */
    private static final int BLOCK_TYPE = 3;

    private static final int PARAMETERS = 3;

    private final Random random;
    private final ExpressionGenerator expressions;
    private int function;

    public ShapedProgramGenerator(long seed) {
        this.random = new Random(seed);
        this.expressions = new ExpressionGenerator(random);
    }

    /** A program of a few small functions. */
    public Bytes program() {
        return program(2, 10);
    }

    /** One whose functions have some kilobytes. */
    public Bytes largeProgram() {
        return program(20, 60);
    }

    private Bytes program(int minimum, int maximum) {
        WasmBytes wasm = new WasmBytes()
                .importing("fd_write")
                .type(bytes(I32, I64, F64), bytes(I64))
                .type(bytes(I32, F64), bytes(F64, I32))
                .memory(1, 3)
                .table(4)
                .global();
        int functions = random.nextInt(1, 5);
        // Functions call only those behind them, so that there is an end.
        for (function = 0; function < functions; function++) {
            if (function % 2 == 0) {
                expressions.startFunction(0);
                byte[] code = statements(random.nextInt(minimum, maximum), 3, functions);
                wasm.rawFunction(locals(), code, function == 0 ? show() : new byte[0], bytes(END));
            } else {
                expressions.startFunction(PARAMETERS);
                byte[] code = statements(random.nextInt(minimum, maximum), 3, functions);
                wasm.function(FUNCTION_TYPE, locals(), parameters(), code, expression(I64, 3), bytes(END));
            }
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

    /** Copies parameters to locals. */
    private static byte[] parameters() {
        return concat(
                bytes(0x20, 0, 0x21, PARAMETERS),
                bytes(0x20, 1, 0x21, PARAMETERS + LOCALS_OF_A_TYPE),
                bytes(0x20, 2, 0x21, PARAMETERS + 3 * LOCALS_OF_A_TYPE));
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
        return switch (random.nextInt(depth > 0 ? 16 : 5)) {
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
            case 9 -> function + 1 < functions ? callNext(random.nextInt(function + 1, functions)) : store();
            case 10 -> bulk();
            case 11 -> rare();
            case 12 -> valueBlock(type, depth, functions);
            case 13 -> valueTable(type, depth, functions);
            case 14 -> shapedBlock(depth, functions);
            default -> mayReturn();
        };
    }

    private byte[] rare() {
        return random.nextInt(12) == 0
                ? concat(expression(I32, 2), bytes(0x11, 0, 0))
                : concat(i32(random.nextInt(2)), bytes(0x40, 0), bytes(0x21), leb(local(I32)));
    }

    private byte[] mayReturn() {
        byte[] result = function % 2 == 0 ? new byte[0] : expression(I64, 2);
        return random.nextInt(5) == 0 ? concat(expression(I32, 3), bytes(0x04, 0x40), result, bytes(0x0f, END)) : bulk();
    }

    /** Calls one of the own functions. */
    private byte[] callNext(int callee) {
        return callee % 2 == 0
                ? call(callee + 1)
                : concat(expression(I32, 2), expression(I64, 2), expression(F64, 2), call(callee + 1), bytes(0x21), leb(local(I64)));
    }

    /** A few rounds. Loops within share the counter: a round more or less, but the sum is bounded by what each starts with. */
    private byte[] loop(int depth, int functions) {
        byte[] counter = leb(expressions.firstLocal() + COUNTER);
        return concat(
                i32(random.nextInt(1, 6)), bytes(0x21), counter,
                bytes(0x03, 0x40),
                statements(random.nextInt(1, 4), 0, functions),
                bytes(0x20), counter, i32(1), bytes(0x6b, 0x22), counter, i32(0), bytes(0x4a, 0x0d, 0, END),
                statements(1, depth - 1, functions));
    }

    /** An address, and on top of it a block that leaves a value early or late, or an if that leaves one; that is stored. */
    private byte[] valueBlock(int type, int depth, int functions) {
        byte[] value = random.nextBoolean()
                ? concat(bytes(0x02, type), statements(1, depth - 1, functions), expression(type, 2), expression(I32, 2), bytes(0x0d, 0, 0x1a),
                        statements(1, depth - 1, functions), expression(type, 2), bytes(END))
                : concat(expression(I32, 2), bytes(0x04, type), statements(1, depth - 1, functions), expression(type, 2), bytes(0x05),
                        statements(1, depth - 1, functions), expression(type, 2), bytes(END));
        return concat(expressions.address(), value, expressions.storeOnly(type));
    }

    /** A branch table that takes a value to one of two blocks around it. */
    private byte[] valueTable(int type, int depth, int functions) {
        return concat(
                bytes(0x02, type, 0x02, type),
                statements(1, depth - 1, functions), expression(type, 2), expression(I32, 2), bytes(0x0e, 2, 1, 0, 1, END),
                bytes(0x1a), statements(1, depth - 1, functions), expression(type, 2), bytes(END),
                bytes(0x21), leb(local(type)));
    }

    /** A loop, block or if that takes two values from the operand stack and leaves two. */
    private byte[] shapedBlock(int depth, int functions) {
        byte[] body = concat(bytes(0x21), leb(local(F64)), statements(1, depth - 1, functions), bytes(0x1a), expression(F64, 2), expression(I32, 2));
        byte[] block = switch (random.nextInt(3)) {
            case 0 -> concat(bytes(0x02, BLOCK_TYPE), body, bytes(END));
            case 1 -> concat(bytes(0x03, BLOCK_TYPE), body, bytes(END));
            default -> concat(expression(I32, 2), bytes(0x04, BLOCK_TYPE), body, bytes(0x05), body, bytes(END));
        };
        return concat(expression(I32, 2), expression(F64, 2), block, bytes(0x21), leb(local(I32)), bytes(0x21), leb(local(F64)));
    }

    private byte[] bulk() {
        byte[] from = expressions.address();
        byte[] to = expressions.address();
        return random.nextBoolean()
                ? concat(from, to, i32(random.nextInt(200)), bytes(0xfc, 10, 0, 0))
                : concat(from, expression(I32, 1), i32(random.nextInt(200)), bytes(0xfc, 11, 0));
    }

    private byte[] store() {
        int type = TYPES[random.nextInt(TYPES.length)];
        return concat(expressions.address(), expression(type, 4), expressions.storeOnly(type));
    }

    private int local(int type) {
        return expressions.local(type);
    }

    private byte[] expression(int type, int depth) {
        return expressions.expression(type, depth);
    }
}
