package io.zerostate.wasm.split;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Finds where to cut a function: so that no piece is too large, where few locals are live, and outside of loops rather than in them.
 */
final class CutFinder {
    /** What a cut costs besides the locals that pass it, in locals. */
    private static final int CALL_COST = 8;
    /** How often a loop goes round, for want of anything known. */
    private static final int ROUNDS = 10;
    private static final int MAX_LOOP_DEPTH = 6;

    private final FunctionCode code;
    private final long[] sizes;
    private final List<Place> places = new ArrayList<>();

    /** Where a cut can be, and what it costs. */
    private record Place(int position, double cost) {}

    private CutFinder(FunctionCode code, long[] sizes) {
        this.code = code;
        this.sizes = sizes;
    }

    /**
     * Positions of the first instructions of all pieces but the first, and the function's end.
     *
     * @param sizes before each instruction, and at the end: the size of all that comes before
     * @param maximum size of a piece
     */
    static List<Integer> find(FunctionCode code, long[] sizes, int[] live, long maximum) {
        CutFinder finder = new CutFinder(code, sizes);
        finder.findPlaces(live);
        return finder.cheapest(maximum);
    }

    private void findPlaces(int[] live) {
        places.add(new Place(0, 0));
        int closed = 0;
        int loops = 0;
        for (int i = 0; i < code.instructions.size(); i++) {
            Instruction instruction = code.instructions.get(i);
            Operands operands = code.operands(i);
            if (i > 0 && closed == 0 && operands != null) {
                int passed = live[i] + operands.height();
                places.add(new Place(i, (passed + CALL_COST) * Math.pow(ROUNDS, Math.min(loops, MAX_LOOP_DEPTH))));
            }
            if (Opcode.opensBlock(instruction.opcode())) {
                closed += instruction.target().open ? 0 : 1;
                loops += instruction.target().isLoop() ? 1 : 0;
            } else if (instruction.opcode() == Opcode.END) {
                closed -= instruction.target().open ? 0 : 1;
                loops -= instruction.target().isLoop() ? 1 : 0;
            }
        }
        places.add(new Place(code.instructions.size(), 0));
    }

    /** The cheapest way to each place comes from the cheapest of the places that are near enough before it. */
    private List<Integer> cheapest(long maximum) {
        double[] costs = new double[places.size()];
        int[] previous = new int[places.size()];
        Deque<Integer> near = new ArrayDeque<>();
        near.add(0);
        for (int i = 1; i < places.size(); i++) {
            while (!near.isEmpty() && sizeAt(i) - sizeAt(near.getFirst()) > maximum) {
                near.removeFirst();
            }
            if (near.isEmpty()) {
                // A large branch table. There is nothing between it and the last place.
                near.add(i - 1);
            }
            previous[i] = near.getFirst();
            costs[i] = costs[near.getFirst()] + places.get(i).cost();
            while (!near.isEmpty() && costs[near.getLast()] >= costs[i]) {
                near.removeLast();
            }
            near.addLast(i);
        }
        List<Integer> cuts = new ArrayList<>();
        for (int i = places.size() - 1; i > 0; i = previous[i]) {
            cuts.add(places.get(i).position());
        }
        Collections.reverse(cuts);
        return cuts;
    }

    private long sizeAt(int place) {
        return sizes[places.get(place).position()];
    }
}
