package io.zerostate.queue;

/** What all steps of dispatch see of their node. Confined to the verticle's context. */
final class Board {
    private final String node;
    private final Credit credit = new Credit();
    private final StuckWorkers stuck;
    private final MemoryBudget memory;
    private final ActiveAttempts attempts;
    private final ReadAhead readAhead = new ReadAhead();
    private final Steps steps = new Steps();
    private boolean stopping;

    Board(String node, MemoryBudget memory) {
        this.node = node;
        this.memory = memory;
        this.stuck = new StuckWorkers(memory);
        this.attempts = new ActiveAttempts(memory);
    }

    /** This node's name, which owns its leases. */
    String node() {
        return node;
    }

    Credit credit() {
        return credit;
    }

    StuckWorkers stuck() {
        return stuck;
    }

    MemoryBudget memory() {
        return memory;
    }

    ActiveAttempts attempts() {
        return attempts;
    }

    ReadAhead readAhead() {
        return readAhead;
    }

    Steps steps() {
        return steps;
    }

    /** True once the node takes no more work. */
    boolean isStopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
    }
}
