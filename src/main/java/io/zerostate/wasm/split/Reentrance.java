package io.zerostate.wasm.split;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which functions may be called again while they run. In the place of one frame on the stack, a function that was split has two or more, and those
 * of its driver and pieces are the larger ones: of no weight for functions that are called once, but programs recurse some hundred levels deep.
 */
final class Reentrance {
    /** How far calls are followed; what lies deeper may do anything. */
    private static final int MAX_DEPTH = 8;

    private final ModuleSource module;
    /** How deep the calls of functions go that call none of those by which they are called. */
    private final Map<Integer, Integer> depths = new HashMap<>();
    private final BitSet reentrant = new BitSet();

    Reentrance(ModuleSource module) {
        this.module = module;
    }

    /** False for functions that cannot; true for those of which that is not certain. */
    boolean of(int function) {
        return depth(function, MAX_DEPTH) > MAX_DEPTH;
    }

    /** How many calls deep a function goes, or more than that when it is not known to be at most as deep as it may. */
    private int depth(int function, int allowed) {
        if (function < module.imported) {
            return 0;
        }
        Integer known = depths.get(function);
        if (known != null) {
            return known;
        }
        if (allowed == 0 || reentrant.get(function)) {
            return MAX_DEPTH + 1;
        }
        int depth = 0;
        ModuleSource.Body body = module.body(function);
        CodeReader in = bodyAfterLocals(body);
        while (in.position() < body.to() && depth <= MAX_DEPTH) {
            depth = Math.max(depth, depthOf(in, allowed));
        }
        if (depth <= MAX_DEPTH) {
            depths.put(function, depth);
        } else {
            reentrant.set(function);
        }
        return depth;
    }

    private int depthOf(CodeReader in, int allowed) {
        int opcode = in.opcode();
        switch (opcode) {
            case Opcode.CALL -> {
                return 1 + depth(in.u32(), allowed - 1);
            }
            case Opcode.CALL_INDIRECT -> {
                return MAX_DEPTH + 1;
            }
            case Opcode.BLOCK, Opcode.LOOP, Opcode.IF -> in.s33();
            case Opcode.BR, Opcode.BR_IF -> in.u32();
            case Opcode.BR_TABLE -> {
                for (int left = in.u32(); left >= 0; left--) {
                    in.u32();
                }
            }
            default -> Opcode.skipImmediates(opcode, in);
        }
        return 0;
    }

    private static CodeReader bodyAfterLocals(ModuleSource.Body body) {
        CodeReader in = new CodeReader(body.bytes(), body.from());
        for (int groups = in.u32(); groups > 0; groups--) {
            in.u32();
            in.type();
        }
        return in;
    }
}
