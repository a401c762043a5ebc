package io.zerostate.wasm.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads one function's body. */
final class FunctionDecoder {
    /** Takes 80 MB. The largest functions in real modules, which initialise tables, have some 130,000. */
    private static final int MAX_INSTRUCTIONS = 150_000;
    /** Values put on the operand stack, and targets of branches. What compilers write has less than two for each instruction. */
    private static final int MAX_VALUES = 2_000_000;

    private final ModuleSource module;
    private final ModuleSource.Body body;
    private final CodeReader in;
    private final FunctionCode code;
    private final List<Frame> frames = new ArrayList<>();

    private Operands operands = Operands.EMPTY;
    private int values;

    /** A block that is open, and what is on the operand stack of the block around it, its parameters not counted. */
    private record Frame(Block block, Operands around) {}

    private FunctionDecoder(ModuleSource module, int function) {
        this.module = module;
        this.body = module.body(function);
        this.in = new CodeReader(body.bytes(), body.from());
        Shape type = module.functionType(function);
        this.code = new FunctionCode(type, new Block(Opcode.BLOCK, new Shape(Shape.NONE, type.results()), Block.VOID, Operands.EMPTY));
    }

    /** @throws UnsplittableException when it would take too much memory */
    static FunctionCode decode(ModuleSource module, int function) {
        FunctionDecoder decoder = new FunctionDecoder(module, function);
        decoder.locals();
        decoder.frames.add(new Frame(decoder.code.whole, Operands.EMPTY));
        while (!decoder.frames.isEmpty()) {
            decoder.instruction();
        }
        return decoder.code;
    }

    private void locals() {
        for (byte param : code.type.params()) {
            code.locals.add(param);
        }
        int groups = in.u32();
        for (int i = 0; i < groups; i++) {
            int count = in.u32();
            byte type = in.type();
            for (int j = 0; j < count; j++) {
                code.locals.add(type);
            }
        }
    }

    private void instruction() {
        int from = in.position();
        int opcode = in.opcode();
        switch (opcode) {
            case Opcode.BLOCK, Opcode.LOOP, Opcode.IF -> enter(opcode);
            case Opcode.ELSE -> {
                Block block = frames.getLast().block();
                add(Instruction.on(opcode, block));
                operands = Operands.EMPTY;
                push(block.declared.params());
            }
            case Opcode.END -> leave();
            case Opcode.BR -> {
                add(Instruction.on(opcode, label(in.u32())));
                skipUnreachable();
            }
            case Opcode.BR_IF -> {
                add(Instruction.on(opcode, label(in.u32())));
                operands = operands.pop(1);
            }
            case Opcode.BR_TABLE -> {
                List<Block> targets = new ArrayList<>();
                for (int left = in.u32(); left >= 0; left--) {
                    targets.add(label(in.u32()));
                    count(1);
                }
                add(new Instruction(opcode, 0, targets, null));
                skipUnreachable();
            }
            case Opcode.RETURN -> {
                add(Instruction.on(Opcode.BR, code.whole));
                skipUnreachable();
            }
            case Opcode.UNREACHABLE -> {
                add(Instruction.simple(opcode));
                skipUnreachable();
            }
            case Opcode.LOCAL_GET, Opcode.LOCAL_SET, Opcode.LOCAL_TEE -> local(opcode, in.u32());
            default -> plain(opcode, from);
        }
    }

    private void enter(int opcode) {
        Operands before = operands;
        if (opcode == Opcode.IF) {
            operands = operands.pop(1);
        }
        int from = in.position();
        Shape shape = shape(in.s33());
        byte[] type = Arrays.copyOfRange(body.bytes(), from, in.position());
        Operands around = operands.pop(shape.params().length);
        Block block = new Block(opcode, shape, type, around);
        code.add(Instruction.on(opcode, block), before);
        frames.add(new Frame(block, around));
        operands = Operands.EMPTY;
        push(shape.params());
    }

    private Shape shape(long type) {
        if (type >= 0) {
            return module.types.get((int) type);
        }
        byte value = (byte) (type & 0x7f);
        return value == Opcode.VOID ? Shape.EMPTY : new Shape(Shape.NONE, new byte[] {value});
    }

    private void leave() {
        Frame frame = frames.removeLast();
        if (frames.isEmpty()) {
            code.whole.end = code.instructions.size();
            return;
        }
        add(Instruction.on(Opcode.END, frame.block()));
        operands = frame.around();
        push(frame.block().declared.results());
    }

    private Block label(int depth) {
        return frames.get(frames.size() - 1 - depth).block();
    }

    private void local(int opcode, int local) {
        add(Instruction.local(opcode, local));
        if (opcode == Opcode.LOCAL_GET) {
            push(code.locals.get(local));
        } else if (opcode == Opcode.LOCAL_SET) {
            operands = operands.pop(1);
        }
    }

    private void plain(int opcode, int from) {
        int operand = switch (opcode) {
            case Opcode.CALL, Opcode.CALL_INDIRECT, Opcode.GLOBAL_GET, Opcode.GLOBAL_SET, Opcode.TABLE_GET, Opcode.TABLE_SET ->
                new CodeReader(body.bytes(), from + 1).u32();
            case Opcode.I32_CONST -> (int) new CodeReader(body.bytes(), from + 1).s33();
            default -> 0;
        };
        Opcode.skipImmediates(opcode, in);
        add(new Instruction(opcode, operand, List.of(), new ModuleSource.Body(body.bytes(), from, in.position())));
        switch (opcode) {
            case Opcode.CALL -> call(module.functionType(operand));
            case Opcode.CALL_INDIRECT -> {
                operands = operands.pop(1);
                call(module.types.get(operand));
            }
            // The value that stays is of the type of the one that is lowest.
            case Opcode.SELECT, Opcode.SELECT_TYPED -> operands = operands.pop(2);
            case Opcode.GLOBAL_GET -> push(module.globals.get(operand));
            case Opcode.TABLE_GET -> {
                operands = operands.pop(1);
                push(module.tables.get(operand));
            }
            case Opcode.REF_NULL -> push(body.bytes()[from + 1]);
            default -> {
                operands = operands.pop(StackEffect.pops(opcode));
                byte pushed = StackEffect.pushes(opcode);
                if (pushed != StackEffect.NOTHING) {
                    push(pushed);
                }
            }
        }
    }

    private void call(Shape shape) {
        operands = operands.pop(shape.params().length);
        push(shape.results());
    }

    /** Moves to the else or end that makes code reachable again. */
    private void skipUnreachable() {
        int nested = 0;
        while (true) {
            int at = in.position();
            int opcode = in.opcode();
            switch (opcode) {
                case Opcode.BLOCK, Opcode.LOOP, Opcode.IF -> {
                    in.s33();
                    nested++;
                }
                case Opcode.BR, Opcode.BR_IF -> in.u32();
                case Opcode.BR_TABLE -> {
                    for (int left = in.u32(); left >= 0; left--) {
                        in.u32();
                    }
                }
                case Opcode.ELSE, Opcode.END -> {
                    if (nested == 0) {
                        in.skip(at - in.position());
                        operands = Operands.EMPTY;
                        return;
                    }
                    if (opcode == Opcode.END) {
                        nested--;
                    }
                }
                default -> Opcode.skipImmediates(opcode, in);
            }
        }
    }

    private void add(Instruction instruction) {
        code.add(instruction, operands);
        if (code.instructions.size() > MAX_INSTRUCTIONS) {
            throw new UnsplittableException("it is too long");
        }
    }

    private void push(byte... types) {
        count(types.length);
        operands = operands.push(types);
    }

    private void count(int more) {
        values += more;
        if (values > MAX_VALUES) {
            throw new UnsplittableException("it moves too many values");
        }
    }
}
