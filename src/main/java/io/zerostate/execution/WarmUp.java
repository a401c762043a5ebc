package io.zerostate.execution;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AgentChanged;
import io.zerostate.bus.Bus;
import io.zerostate.task.Bytes;
import io.zerostate.task.Input;
import io.zerostate.task.Limits;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Gets a new version of an agent ready on this node before its first task asks for it: brings its module into the cache, and runs it without
 * any input until the time for that is over, so that the JVM has met its code. The first runs of a module take some twenty times as long as
 * later ones. Such a run has the sandbox of a task and none of its rights: no input, no files, nobody who hears it.
 *
 * <p>One at a time, beside the workers. Deploy one on each node that runs tasks, on an event loop.
 */
public final class WarmUp extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Small, as it counts beside the memory that the node has for its tasks. */
    private static final long MEMORY_BYTES = 32L * 1024 * 1024;

    private static final Input NOTHING = new Input(Bytes.EMPTY, List.of(), Map.of());

    private static final int OUTPUT_BYTES = 64 * 1024;

    /** Those that come while so many wait are warmed by their first tasks. */
    private static final int MOST_WAITING = 16;

    /** For what a first task would wait for as long. */
    private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(2);

    private final Bus bus;
    private final ModuleLoader modules;
    private final ScheduledExecutorService ticker;
    private final Duration budget;
    private int waiting;
    private volatile boolean stopped;

    /**
     * @param ticker one thread that serves all deadlines of the node
     * @param budget for the runs of one module; zero only brings it into the cache
     */
    public WarmUp(Bus bus, ModuleLoader modules, ScheduledExecutorService ticker, Duration budget) {
        this.bus = bus;
        this.modules = modules;
        this.ticker = ticker;
        this.budget = budget;
    }

    @Override
    public Future<?> start() {
        // Closed with this verticle, which made it.
        WorkerExecutor thread = vertx.createSharedWorkerExecutor(
                "zerostate-warm-up", 1, LOAD_TIMEOUT.plus(budget).toSeconds() + 1, TimeUnit.SECONDS);
        return bus.listen(Addresses.AGENT_EVENTS, changed -> changed(changed, thread)).completion();
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        return Future.succeededFuture();
    }

    private void changed(AgentChanged agent, WorkerExecutor thread) {
        if (agent.deleted() || agent.sha256().isEmpty() || waiting >= MOST_WAITING) {
            return;
        }
        waiting++;
        LoggingEventBuilder line =
                LOG.atDebug().addKeyValue("agent", agent.name()).addKeyValue("version", agent.version());
        thread.executeBlocking(() -> warmUp(agent), false)
                .onComplete(done -> waiting--)
                .onSuccess(runs -> line.addKeyValue("runs", runs).log("warmed up"))
                // The first task will tell it to somebody.
                .onFailure(failure -> line.addKeyValue("reason", failure.getMessage()).log("cannot be warmed up"));
    }

    /** How many runs were begun. */
    private int warmUp(AgentChanged agent) throws ModuleRefusedException, InterruptedException {
        PreparedModule module;
        try (Deadline deadline = Deadline.start(ticker, LOAD_TIMEOUT.toMillis())) {
            module = modules.load(agent.sha256());
        }
        long end = System.nanoTime() + budget.toNanos();
        int runs = 0;
        for (long left = budget.toMillis(); left > 0 && !stopped; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            Limits limits = new Limits(left, MEMORY_BYTES, OUTPUT_BYTES, OUTPUT_BYTES);
            try (Deadline deadline = Deadline.start(ticker, left)) {
                module.run(new Invocation(agent.name(), NOTHING, limits), OutputListener.NONE, deadline);
            }
            runs++;
        }
        return runs;
    }
}
