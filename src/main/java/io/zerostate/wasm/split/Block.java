package io.zerostate.wasm.split;

/**
 * A block, loop or if of a function, or the function itself as the outermost block. Branches name it instead of a depth.
 *
 * <p>Where it is are positions in the list of the function's instructions, which change when that list is rewritten.
 */
final class Block {
    static final byte[] VOID = {Opcode.VOID};

    final int opcode;
    /** What it takes from the operand stack and leaves there, before it is opened. */
    final Shape declared;
    /** The same as it is written in the binary format. */
    private final byte[] declaredType;
    /** What is on the operand stack of the block around it, when it is entered; its own parameters not counted. */
    final Operands below;

    /** Of its first instruction, {@code block} or the like; -1 for the function. */
    int start = -1;
    /** Of its {@code else}, or -1. */
    int middle = -1;
    /** Of its {@code end}; for the function, behind its last instruction. */
    int end;
    /** Whether it was rewritten so that cuts can be made in it: nothing is then on the operand stack at its borders. */
    boolean open;

    Block(int opcode, Shape declared, byte[] declaredType, Operands below) {
        this.opcode = opcode;
        this.declared = declared;
        this.declaredType = declaredType;
        this.below = below;
    }

    boolean isLoop() {
        return opcode == Opcode.LOOP;
    }

    byte[] type() {
        return open ? VOID : declaredType;
    }

    /** The values that a branch to it takes along, before it is opened. */
    byte[] branchTypes() {
        return isLoop() ? declared.params() : declared.results();
    }

    /** Where a branch to it goes on. */
    int target() {
        if (isLoop()) {
            return start;
        }
        return start < 0 ? end : end + 1;
    }

    /** Where an if goes on when its condition is 0. */
    int otherwise() {
        return middle < 0 ? end + 1 : middle + 1;
    }
}
