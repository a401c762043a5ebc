package io.zerostate.wasm.split;

import org.jspecify.annotations.Nullable;

/**
 * The types on the operand stack of one block, at one place. Does not change, so that there can be one for each instruction.
 *
 * @param type of the value on the top
 * @param below null for the empty stack
 */
record Operands(byte type, @Nullable Operands below, int height) {
    static final Operands EMPTY = new Operands(StackEffect.NOTHING, null, 0);

    Operands push(byte... types) {
        Operands top = this;
        for (byte pushed : types) {
            top = new Operands(pushed, top, top.height + 1);
        }
        return top;
    }

    Operands pop(int count) {
        Operands top = this;
        for (int i = 0; i < count; i++) {
            top = top.below == null ? EMPTY : top.below;
        }
        return top;
    }

    /** From the bottom to the top. */
    byte[] types() {
        byte[] types = new byte[height];
        int i = height;
        for (Operands top = this; top.below != null; top = top.below) {
            types[--i] = top.type;
        }
        return types;
    }
}
