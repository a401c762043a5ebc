package io.zerostate.wasm.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a piece as a function. Its parts between places lie one behind the other, and around them one block for each place that is jumped
 * to from before it:
 *
 * <pre>{@code
 * block $exit
 *   loop $again
 *     block $2  block $1  block $0
 *       (br_table $0 $1 $2 (place - first place))
 *     end   what starts at place 0
 *     end   what starts at place 1
 *     end   what starts at place 2
 *   end
 * end
 * results, place
 * }</pre>
 *
 * A jump ahead leaves the block of its place; a jump back sets the place and goes to {@code $again}; a jump out of the piece sets the place
 * and goes to {@code $exit}.
 */
final class PieceWriter {
    /** At 8 bytes each of the JVM's code. */
    private static final int MAX_STUBS = 1_500;

    private final Plan plan;
    private final Chain chain;
    private final int number;
    private final Piece piece;
    private final BodyWriter out = new BodyWriter();
    private final Map<Integer, Integer> locals = new HashMap<>();
    private final List<Byte> declared = new ArrayList<>();
    private final Map<Block, BodyWriter.Label> labels = new HashMap<>();
    private final NavigableMap<Integer, BodyWriter.Label> ahead = new TreeMap<>();
    private final BodyWriter.Label exit;
    private final BodyWriter.Label onward;
    private final BodyWriter.Label again;
    private int firstDeclared;
    private int place = -1;
    private int index = -1;

    private PieceWriter(Plan plan, Chain chain, int number) {
        this.plan = plan;
        this.chain = chain;
        this.number = number;
        this.piece = chain.pieces.get(number);
        numberLocals();
        this.exit = out.open(Opcode.BLOCK);
        this.onward = out.open(Opcode.BLOCK);
        this.again = out.open(Opcode.LOOP);
    }

    /**
     * Writes one piece of a chain.
     *
     * @param next the function of the piece behind it, when that is of the same chain
     */
    static byte[] write(Plan plan, Chain chain, int number, int next) {
        PieceWriter writer = new PieceWriter(plan, chain, number);
        writer.openPlaces();
        for (int i = writer.piece.from(); i < writer.piece.to(); i++) {
            if (writer.ahead.remove(i) != null) {
                writer.out.end();
            }
            writer.instruction(i);
        }
        return writer.end(next);
    }

    private void numberLocals() {
        BitSet params = chain.params(number);
        params.stream().forEach(local -> locals.put(local, locals.size()));
        if (piece.takesPlace()) {
            place = locals.size();
        }
        firstDeclared = chain.type(number).params().length;
        BitSet others = piece.accessed();
        others.or(chain.results);
        if (hasNext()) {
            others.or(chain.params(number + 1));
        }
        others.andNot(params);
        others.stream().forEach(local -> locals.put(local, declare(plan.code.locals.get(local))));
        if (place < 0 && (chain.givesPlace() || piece.starts().cardinality() > 1)) {
            place = declare(StackEffect.I32);
        }
    }

    private int declare(byte type) {
        declared.add(type);
        return firstDeclared + declared.size() - 1;
    }

    private void openPlaces() {
        TreeSet<Integer> places = new TreeSet<>();
        for (int i = piece.from(); i < piece.to(); i++) {
            int position = i;
            plan.jumps.from(i, target -> {
                if (piece.contains(target) && target > position) {
                    places.add(target);
                }
            });
        }
        BitSet starts = piece.starts();
        boolean dispatches = starts.cardinality() > 1;
        if (dispatches) {
            starts.stream().forEach(places::add);
        }
        places.descendingSet().forEach(target -> ahead.put(target, out.open(Opcode.BLOCK)));
        if (dispatches) {
            out.local(Opcode.LOCAL_GET, place);
            out.i32(plan.number(piece.from()));
            out.op(Opcode.I32_SUB);
            out.table(starts.stream().mapToObj(ahead::get).toList());
        }
    }

    private byte[] end(int next) {
        if (!Opcode.isFinal(plan.code.instructions.get(piece.to() - 1).opcode())) {
            jump(piece.to(), piece.to() - 1);
        }
        out.end();
        out.end();
        if (hasNext()) {
            callNext(next);
        }
        out.end();
        chain.results.stream().forEach(local -> out.local(Opcode.LOCAL_GET, locals.get(local)));
        if (chain.givesPlace()) {
            out.local(Opcode.LOCAL_GET, place);
        }
        return out.body(declared);
    }

    private boolean hasNext() {
        return number + 1 < chain.pieces.size();
    }

    private void callNext(int next) {
        chain.params(number + 1).stream().forEach(local -> out.local(Opcode.LOCAL_GET, locals.get(local)));
        for (int i = chain.padding(number + 1); i > 0; i--) {
            out.i64();
        }
        out.call(next);
        out.op(Opcode.RETURN);
    }

    private void instruction(int position) {
        Instruction instruction = plan.code.instructions.get(position);
        switch (instruction.opcode()) {
            case Opcode.LOCAL_GET, Opcode.LOCAL_SET, Opcode.LOCAL_TEE ->
                out.local(instruction.opcode(), locals.get(instruction.operand()));
            case Opcode.BLOCK, Opcode.LOOP, Opcode.IF, Opcode.ELSE, Opcode.END -> border(instruction, position);
            case Opcode.BR, Opcode.BR_IF -> branch(instruction, position);
            case Opcode.BR_TABLE -> table(instruction, position);
            case Opcode.UNREACHABLE -> out.op(Opcode.UNREACHABLE);
            default -> out.copy(instruction.source());
        }
    }

    private void border(Instruction instruction, int position) {
        Block block = instruction.target();
        if (plan.jumps.crosses(block)) {
            if (instruction.opcode() == Opcode.IF) {
                out.op(Opcode.I32_EQZ);
                jumpIf(block.otherwise(), position);
            } else if (instruction.opcode() == Opcode.ELSE) {
                jump(block.target(), position);
            }
            return;
        }
        switch (instruction.opcode()) {
            case Opcode.ELSE -> out.op(Opcode.ELSE);
            case Opcode.END -> out.end();
            default -> labels.put(block, out.open(instruction.opcode(), block.type()));
        }
    }

    private void branch(Instruction instruction, int position) {
        Block target = instruction.target();
        if (!plan.jumps.crosses(target)) {
            out.branch(instruction.opcode(), labels.get(target));
        } else if (instruction.opcode() == Opcode.BR) {
            jump(plan.jumps.target(position), position);
        } else {
            jumpIf(plan.jumps.target(position), position);
        }
    }

    private void table(Instruction instruction, int position) {
        Map<Integer, BodyWriter.Label> stubs = new LinkedHashMap<>();
        for (Block target : instruction.targets()) {
            if (plan.jumps.crosses(target) && direct(target.target(), position) == null) {
                stubs.put(target.target(), exit);
            }
        }
        if (stubs.size() > MAX_STUBS) {
            throw new UnsplittableException("a branch table leads to too many places in other pieces");
        }
        if (!stubs.isEmpty()) {
            if (index < 0) {
                index = declare(StackEffect.I32);
            }
            out.local(Opcode.LOCAL_SET, index);
            stubs.replaceAll((target, unopened) -> out.open(Opcode.BLOCK));
            out.local(Opcode.LOCAL_GET, index);
        }
        List<BodyWriter.Label> targets = new ArrayList<>();
        for (Block target : instruction.targets()) {
            BodyWriter.Label label = plan.jumps.crosses(target) ? direct(target.target(), position) : labels.get(target);
            targets.add(label == null ? stubs.get(target.target()) : label);
        }
        out.table(targets);
        for (int target : new ArrayList<>(stubs.keySet()).reversed()) {
            out.end();
            jump(target, position);
        }
    }

    private void jump(int target, int position) {
        BodyWriter.Label direct = direct(target, position);
        if (direct == null) {
            out.i32(plan.number(target));
            out.local(Opcode.LOCAL_SET, place);
        }
        out.branch(Opcode.BR, direct == null ? indirect(target) : direct);
    }

    private void jumpIf(int target, int position) {
        BodyWriter.Label direct = direct(target, position);
        if (direct == null) {
            out.open(Opcode.IF);
            jump(target, position);
            out.end();
        } else {
            out.branch(Opcode.BR_IF, direct);
        }
    }

    /** The label to which a jump can go without saying where; null when there is none. */
    private BodyWriter.@Nullable Label direct(int target, int position) {
        if (target == piece.to() && hasNext()) {
            return onward;
        }
        if (!piece.contains(target)) {
            return chain.givesPlace() ? null : exit;
        }
        if (target > position) {
            return ahead.get(target);
        }
        return piece.starts().cardinality() > 1 ? null : again;
    }

    private BodyWriter.Label indirect(int target) {
        return piece.contains(target) ? again : exit;
    }
}
