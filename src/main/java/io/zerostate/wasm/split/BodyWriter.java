package io.zerostate.wasm.split;

import java.util.List;

/** Writes a function's body, in which labels are what keeps track of their depth. */
final class BodyWriter {
    private final CodeWriter code = new CodeWriter();
    private int depth;

    /** A block that is open. */
    record Label(int depth) {}

    /** Opens a block, loop or if of any type. */
    Label open(int opcode, byte[] type) {
        code.u8(opcode).raw(type);
        return new Label(depth++);
    }

    /** Opens one that takes and leaves nothing. */
    Label open(int opcode) {
        return open(opcode, Block.VOID);
    }

    void end() {
        op(Opcode.END);
        depth--;
    }

    void op(int opcode) {
        code.u8(opcode);
    }

    /** An instruction as it stands in the source. */
    void copy(ModuleSource.Body source) {
        code.raw(source.bytes(), source.from(), source.to());
    }

    void local(int opcode, int local) {
        code.u8(opcode).u32(local);
    }

    void i32(int value) {
        code.u8(Opcode.I32_CONST).s32(value);
    }

    /** 0 of type i64. */
    void i64() {
        code.u8(Opcode.I64_CONST).s32(0);
    }

    void call(int function) {
        code.u8(Opcode.CALL).u32(function);
    }

    void branch(int opcode, Label label) {
        code.u8(opcode).u32(relative(label));
    }

    /** @param targets with the default as the last */
    void table(List<Label> targets) {
        code.u8(Opcode.BR_TABLE).u32(targets.size() - 1);
        targets.forEach(target -> code.u32(relative(target)));
    }

    private int relative(Label label) {
        return depth - 1 - label.depth();
    }

    /**
     * The whole body.
     *
     * @param locals types of those that are not parameters
     */
    byte[] body(List<Byte> locals) {
        CodeWriter out = new CodeWriter();
        CodeWriter groups = new CodeWriter();
        int count = 0;
        for (int i = 0; i < locals.size(); ) {
            int first = i;
            while (i < locals.size() && locals.get(i).equals(locals.get(first))) {
                i++;
            }
            groups.u32(i - first).u8(locals.get(first));
            count++;
        }
        return out.u32(count).raw(groups.toBytes()).raw(code.toBytes()).u8(Opcode.END).toBytes();
    }
}
