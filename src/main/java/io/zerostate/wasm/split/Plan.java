package io.zerostate.wasm.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** How a function is cut: its pieces in order, and numbers for the places at which control goes on in another piece than before. */
final class Plan {
    /** To be taken from an array and put into another by each piece of a chain, at 20 bytes each: a tenth of what a method may have. */
    private static final int MAX_HANDED_ON = 300;
    /** A switch in a loop that is cut in its middle has as many as it has cases. */
    private static final int MAX_PLACES = 2_000;

    final FunctionCode code;
    final Jumps jumps;
    final List<Chain> chains;
    /** All places at which pieces start; their order is that of their numbers. The function's end is not among them. */
    private final BitSet starts = new BitSet();

    /**
     * @param cuts first instructions of all pieces but the first, and the function's end
     * @throws UnsplittableException when more locals would have to be passed than can be
     */
    Plan(FunctionCode code, List<Integer> cuts, Liveness liveness) {
        this.code = code;
        List<Integer> bounds = new ArrayList<>(cuts);
        bounds.addFirst(0);
        this.jumps = new Jumps(code, bounds);
        List<BitSet> exits = new ArrayList<>();
        BitSet entered = new BitSet();
        for (int i = 0; i < cuts.size(); i++) {
            exits.add(exits(bounds.get(i), bounds.get(i + 1)));
            entered.set(bounds.get(i));
            entered.or(exits.getLast());
        }
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            pieces.add(piece(bounds.get(i), bounds.get(i + 1), entered, exits.get(i)));
        }
        pieces.forEach(piece -> starts.or(piece.starts()));
        if (starts.cardinality() > MAX_PLACES) {
            throw new UnsplittableException("control gets from piece to piece in too many ways");
        }
        this.chains = chains(pieces, new LiveLocals(liveness.at(entered)));
    }

    int end() {
        return code.instructions.size();
    }

    private BitSet exits(int from, int to) {
        BitSet exits = new BitSet();
        for (int i = from; i < to; i++) {
            jumps.from(i, exits::set);
        }
        exits.clear(from, to);
        if (!Opcode.isFinal(code.instructions.get(to - 1).opcode())) {
            exits.set(to);
        }
        return exits;
    }

    private Piece piece(int from, int to, BitSet entered, BitSet exits) {
        BitSet entries = new BitSet();
        entered.stream().filter(place -> place >= from && place < to).forEach(entries::set);
        BitSet returns = new BitSet();
        BitSet read = new BitSet();
        BitSet written = new BitSet();
        for (int i = from; i < to; i++) {
            int position = i;
            jumps.from(i, place -> {
                if (place >= from && place <= position) {
                    returns.set(place);
                }
            });
            Instruction instruction = code.instructions.get(i);
            if (instruction.isLocal()) {
                (instruction.writesLocal() ? written : read).set(instruction.operand());
            }
        }
        returns.andNot(entries);
        return new Piece(from, to, entries, returns, exits, read, written);
    }

    /** Joins pieces between which too much would have to be passed. */
    private List<Chain> chains(List<Piece> pieces, LiveLocals live) {
        List<Chain> joined = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Chain next = new Chain(code, List.of(pieces.get(i)), live);
            if (i == 0 || !next.takesTooMuch() && !joined.getLast().givesTooMuch()) {
                joined.add(next);
                continue;
            }
            requireOneWay(pieces, i);
            joined.add(joined.removeLast().with(pieces.get(i), live));
        }
        // What was joined to give back less may take more.
        if (joined.stream().skip(1).anyMatch(Chain::takesTooMuch)
                || joined.stream().anyMatch(chain -> chain.givesTooMuch() || chain.mostParams() > MAX_HANDED_ON)) {
            throw tooMuch();
        }
        return joined;
    }

    /** Requires that control gets to a piece only from the one before it, and only to its start. */
    private static void requireOneWay(List<Piece> pieces, int index) {
        Piece piece = pieces.get(index);
        Piece before = pieces.get(index - 1);
        if (piece.takesPlace() || pieces.stream().anyMatch(other -> other != before && other.exits().get(piece.from()))) {
            throw tooMuch();
        }
    }

    private static UnsplittableException tooMuch() {
        return new UnsplittableException("too many locals are live where it can be cut");
    }

    /** The number of a place, which is how pieces and driver call it. */
    int number(int place) {
        return place == end() ? starts.cardinality() : starts.get(0, place).cardinality();
    }

    /** All places by their numbers. */
    int[] places() {
        return starts.stream().toArray();
    }
}
