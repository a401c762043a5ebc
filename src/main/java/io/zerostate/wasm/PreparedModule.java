package io.zerostate.wasm;

import io.zerostate.agent.ModuleReport;
import io.zerostate.task.RunReport;

/** A module that was parsed and compiled once and can be run many times, also at the same time from several threads. */
public interface PreparedModule {
    ModuleReport report();

    /** Estimated heap bytes that keeping this module costs; the weight in the cache. */
    long weightBytes();

    /**
     * Runs the program once, in a fresh instance, on the calling thread. Nothing of the run stays behind.
     *
     * @param output hears what the program writes, as it writes it, on the calling thread
     * @param deadline bound to the calling thread; when it passes, or is stopped, the run ends within milliseconds with the
     *     deadline's outcome
     * @return how it ended, with everything captured up to then; never throws for anything that the program did
     */
    RunReport run(Invocation invocation, OutputListener output, Deadline deadline);
}
