package io.zerostate.wasm.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Pieces of which each calls the next one, in the place of a return. As a rule there is but one. There are more where so many locals pass
 * from piece to piece that they cannot be given back: many can go forth, in an array, but not back.
 */
final class Chain {
    /** HotSpot's C2 leaves methods alone that have, or call one that has, more than about 70; and up to 45 results it packs without a call. */
    static final int MAX_PASSED = 40;

    /** With more than 253 slots of the JVM, Chicory passes an array. */
    private static final int SLOTS_OF_AN_ARRAY = 254;

    private final FunctionCode code;
    final List<Piece> pieces;
    /** Places outside of it at which the original goes on. */
    final BitSet exits = new BitSet();
    /** What each of its pieces gives back. */
    final BitSet results;
    /** What each of its pieces is given. */
    private final List<BitSet> params = new ArrayList<>();

    /** @param live locals that are live before places */
    Chain(FunctionCode code, List<Piece> pieces, LiveLocals live) {
        this.code = code;
        this.pieces = pieces;
        BitSet written = new BitSet();
        for (Piece piece : pieces) {
            exits.or(piece.exits());
            written.or(piece.written());
        }
        for (Piece inner : pieces.subList(1, pieces.size())) {
            exits.clear(inner.from());
        }
        this.results = live.atAny(exits);
        results.and(written);
        BitSet needed = (BitSet) results.clone();
        for (Piece piece : pieces.reversed()) {
            needed.or(piece.accessed());
            BitSet given = live.atAny(piece.entries());
            given.and(needed);
            params.addFirst(given);
        }
    }

    Piece head() {
        return pieces.getFirst();
    }

    BitSet params(int piece) {
        return params.get(piece);
    }

    /** Whether it tells where to go on; that is its last result then. */
    boolean givesPlace() {
        return exits.cardinality() > 1;
    }

    /** Locals that any of its pieces is given, at most. */
    int mostParams() {
        return params.stream().mapToInt(BitSet::cardinality).max().orElse(0);
    }

    /** Whether more must be given to its first piece than can be. */
    boolean takesTooMuch() {
        return params(0).cardinality() > MAX_PASSED;
    }

    /** Whether more must be given back than can be. */
    boolean givesTooMuch() {
        return results.cardinality() > MAX_PASSED;
    }

    /** This and a piece behind it as one. Control must only get from its end to the start of that piece. */
    Chain with(Piece next, LiveLocals live) {
        List<Piece> all = new ArrayList<>(pieces);
        all.add(next);
        return new Chain(code, all, live);
    }

    /** The type of a piece: what it is given and what it gives back, and places in the end. */
    Shape type(int piece) {
        CodeWriter given = types(params(piece));
        if (pieces.get(piece).takesPlace()) {
            given.u8(StackEffect.I32);
        }
        for (int i = padding(piece); i > 0; i--) {
            given.u8(StackEffect.I64);
        }
        CodeWriter back = types(results);
        if (givesPlace()) {
            back.u8(StackEffect.I32);
        }
        return new Shape(given.toBytes(), back.toBytes());
    }

    /** How many parameters without a use a piece has, so that all of them come in an array. */
    int padding(int piece) {
        BitSet given = params(piece);
        if (given.cardinality() <= MAX_PASSED) {
            return 0;
        }
        int slots = given.stream().map(local -> StackEffect.isWide(code.locals.get(local)) ? 2 : 1).sum();
        return Math.max(0, (SLOTS_OF_AN_ARRAY - slots + 1) / 2);
    }

    private CodeWriter types(BitSet locals) {
        CodeWriter types = new CodeWriter();
        locals.stream().forEach(local -> types.u8(code.locals.get(local)));
        return types;
    }
}
