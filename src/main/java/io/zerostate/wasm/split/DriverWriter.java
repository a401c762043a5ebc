package io.zerostate.wasm.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what stands in the place of the original: a function that keeps the locals that more than one piece needs, and calls the pieces in
 * their order. Where some piece does not only go on with the next one, all of that is a loop around a {@code br_table} on the place.
 */
final class DriverWriter {
    private final Plan plan;
    private final BodyWriter out = new BodyWriter();
    private final Map<Integer, Integer> locals = new HashMap<>();
    private final List<Byte> declared = new ArrayList<>();
    private final int place;

    private DriverWriter(Plan plan) {
        this.plan = plan;
        int params = plan.code.type.params().length;
        BitSet kept = new BitSet();
        for (Chain chain : plan.chains) {
            kept.or(chain.params(0));
            kept.or(chain.results);
        }
        for (int local : plan.code.results) {
            kept.set(local);
        }
        for (int i = 0; i < params; i++) {
            locals.put(i, i);
        }
        for (int local = kept.nextSetBit(params); local >= 0; local = kept.nextSetBit(local + 1)) {
            locals.put(local, params + declared.size());
            declared.add(plan.code.locals.get(local));
        }
        this.place = params + declared.size();
        declared.add(StackEffect.I32);
    }

    /** @param functions indexes of the functions of the first pieces of all chains, in order */
    static byte[] write(Plan plan, List<Integer> functions) {
        return new DriverWriter(plan).body(functions);
    }

    private byte[] body(List<Integer> functions) {
        BodyWriter.Label end = out.open(Opcode.BLOCK);
        BodyWriter.Label loop = out.open(Opcode.LOOP);
        boolean dispatches = false;
        for (int i = 0; i < plan.chains.size(); i++) {
            dispatches |= goesElsewhere(i);
        }
        if (dispatches) {
            dispatch(end);
        }
        for (int i = 0; i < plan.chains.size(); i++) {
            if (dispatches) {
                out.end();
            }
            call(plan.chains.get(i), functions.get(i));
            goOn(i, end, loop);
        }
        out.end();
        out.end();
        for (int local : plan.code.results) {
            out.local(Opcode.LOCAL_GET, locals.get(local));
        }
        return out.body(declared);
    }

    private void dispatch(BodyWriter.Label end) {
        List<BodyWriter.Label> labels = new ArrayList<>();
        for (int i = 0; i < plan.chains.size(); i++) {
            labels.addFirst(out.open(Opcode.BLOCK));
        }
        List<BodyWriter.Label> targets = new ArrayList<>();
        for (int place : plan.places()) {
            targets.add(labels.get(chainAt(place)));
        }
        targets.add(end);
        out.local(Opcode.LOCAL_GET, place);
        out.table(targets);
    }

    private int chainAt(int place) {
        int chain = 0;
        while (chain + 1 < plan.chains.size() && plan.chains.get(chain + 1).head().from() <= place) {
            chain++;
        }
        return chain;
    }

    private void call(Chain chain, int function) {
        chain.params(0).stream().forEach(local -> out.local(Opcode.LOCAL_GET, locals.get(local)));
        if (chain.head().takesPlace()) {
            out.local(Opcode.LOCAL_GET, place);
        }
        for (int i = chain.padding(0); i > 0; i--) {
            out.i64();
        }
        out.call(function);
        if (chain.givesPlace()) {
            out.local(Opcode.LOCAL_SET, place);
        }
        BitSet results = chain.results;
        for (int local = results.length() - 1; local >= 0; local = results.previousSetBit(local - 1)) {
            out.local(Opcode.LOCAL_SET, locals.get(local));
        }
    }

    private void goOn(int index, BodyWriter.Label end, BodyWriter.Label loop) {
        Chain chain = plan.chains.get(index);
        if (chain.exits.isEmpty()) {
            out.op(Opcode.UNREACHABLE);
        } else if (onlyEnds(chain)) {
            out.branch(Opcode.BR, end);
        } else {
            if (!chain.givesPlace()) {
                out.i32(plan.number(chain.exits.nextSetBit(0)));
                out.local(Opcode.LOCAL_SET, place);
            }
            if (goesElsewhere(index)) {
                out.branch(Opcode.BR, loop);
            }
        }
    }

    /** Whether a piece does something else than to go on with the next one, to end, or never to return. */
    private boolean goesElsewhere(int index) {
        Chain chain = plan.chains.get(index);
        if (chain.exits.isEmpty() || onlyEnds(chain)) {
            return false;
        }
        if (index + 1 == plan.chains.size()) {
            return true;
        }
        BitSet elsewhere = (BitSet) chain.exits.clone();
        elsewhere.andNot(plan.chains.get(index + 1).head().entries());
        return !elsewhere.isEmpty();
    }

    private boolean onlyEnds(Chain chain) {
        return chain.exits.length() == plan.end() + 1 && chain.exits.cardinality() == 1;
    }
}
