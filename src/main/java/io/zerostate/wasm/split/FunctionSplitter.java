package io.zerostate.wasm.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts the functions of a module that are too large into pieces. Does the same each time; safe from any thread.
 *
 * @param above the size of the largest functions that stay whole, in bytes of the JVM's code
 * @param reentrantAbove the same for those that may be called again while they run, which need more of the stack when they are cut
 * @param pieceBytes the size of a piece at most; some become a little larger
 */
public record FunctionSplitter(int above, int reentrantAbove, int pieceBytes) {
    /**
     * Of functions without calls, such as ciphers and hashes are, HotSpot's C2 compiles those of 18 KB and gives up on those of 36 KB. Others
     * are cut only when they would not, or just about, fit into a method. Measured on JDK 25.
     */
    public static final FunctionSplitter STANDARD = new FunctionSplitter(20_000, 56_000, 6_000);

    /** Cuts nothing. */
    public static final FunctionSplitter NONE = new FunctionSplitter(Integer.MAX_VALUE, Integer.MAX_VALUE, 6_000);

    /** Compilers' output takes 1.3 to 1.8 bytes of the JVM's code for each of its own. */
    private static final int MAX_GROWTH = 2;
    /** Of one function. What joins them takes time in proportion to their square. */
    private static final int MAX_PIECES = 500;
    /** What a piece may come to, by an estimate, to be sure of the 64 KiB of a method. */
    private static final long MAX_METHOD_BYTES = 48_000;
    /** A driver that is itself too large is split again; it is smaller by far each time. */
    private static final int MAX_LEVELS = 4;

    /**
     * Splits functions of a module. Costs next to nothing where none is large.
     *
     * @param wasm a module that the gate let through and that was type-checked
     */
    public SplitModule split(byte[] wasm) {
        if (ModuleSource.largestBody(wasm) * MAX_GROWTH <= above) {
            return new SplitModule(new byte[0], Set.of(), Set.of());
        }
        ModuleSource module = new ModuleSource(wasm);
        int functions = module.functions.size();
        BitSet wanted = new BitSet();
        Set<Integer> whole = new HashSet<>();
        Reentrance reentrance = new Reentrance(module);
        Effort effort = new Effort();
        for (int function = module.imported; function < functions; function++) {
            if (mayExceed(module, function, above)) {
                int limit = reentrance.of(function) ? reentrantAbove : above;
                if (mayExceed(module, function, limit)) {
                    split(module, function, limit, effort, wanted, whole);
                }
            }
        }
        if (wanted.isEmpty()) {
            return new SplitModule(new byte[0], Set.of(), whole);
        }
        Set<Integer> done = new HashSet<>();
        wanted.stream().forEach(done::add);
        wanted.set(functions, module.functions.size());
        return new SplitModule(module.skeleton(wanted), done, whole);
    }

    private static boolean mayExceed(ModuleSource module, int function, int size) {
        return (long) module.body(function).length() * MAX_GROWTH > size;
    }

    private void split(ModuleSource module, int function, int largest, Effort effort, BitSet split, Set<Integer> whole) {
        int limit = largest;
        for (int level = 0; level < MAX_LEVELS; level++) {
            try {
                if (!splitOnce(module, function, limit, effort)) {
                    return;
                }
                split.set(function);
                // What it has become is calls.
                limit = Math.max(above, 2 * pieceBytes);
            } catch (UnsplittableException stays) {
                if (level == 0) {
                    whole.add(function);
                }
                return;
            }
        }
    }

    /** False when it is small enough. */
    private boolean splitOnce(ModuleSource module, int function, int limit, Effort effort) {
        FunctionCode decoded = FunctionDecoder.decode(module, function);
        long[] sizes = MethodSize.sums(decoded, module);
        if (sizes[decoded.instructions.size()] <= limit) {
            return false;
        }
        FunctionCode code = BlockOpener.open(decoded, sizes, pieceBytes / 2);
        List<Integer> cuts = CutFinder.find(code, MethodSize.sums(code, module), new Liveness(code, effort).counts(), pieceBytes);
        if (cuts.size() < 2) {
            return false;
        }
        requireFew(cuts.size(), effort);
        List<Integer> spilledCuts = new ArrayList<>();
        FunctionCode spilled = StackSpiller.spill(code, cuts, spilledCuts);
        requireFit(spilled, spilledCuts, module);
        Plan plan = new Plan(spilled, spilledCuts, new Liveness(spilled, effort));
        int before = module.functions.size();
        try {
            List<Integer> heads = new ArrayList<>();
            for (Chain chain : plan.chains) {
                heads.add(add(module, plan, chain));
            }
            module.replace(function, DriverWriter.write(plan, heads));
        } catch (UnsplittableException e) {
            module.removeFrom(before);
            throw e;
        }
        return true;
    }

    private static void requireFew(int pieces, Effort effort) {
        if (pieces > MAX_PIECES) {
            throw new UnsplittableException("it would come to too many pieces");
        }
        effort.pieces(pieces);
    }

    private static void requireFit(FunctionCode code, List<Integer> cuts, ModuleSource module) {
        int from = 0;
        for (int to : cuts) {
            if (MethodSize.ofMethod(code, from, to, module) > MAX_METHOD_BYTES) {
                throw new UnsplittableException("it cannot be cut where it is largest");
            }
            from = to;
        }
    }

    /** Adds the functions of a chain and answers the one to call. */
    private static int add(ModuleSource module, Plan plan, Chain chain) {
        int next = -1;
        for (int i = chain.pieces.size() - 1; i >= 0; i--) {
            next = module.add(chain.type(i), PieceWriter.write(plan, chain, i, next));
        }
        return next;
    }
}
