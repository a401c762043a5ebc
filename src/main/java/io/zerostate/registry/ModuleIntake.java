package io.zerostate.registry;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.ModuleReport;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.CorruptBinaryException;
import io.zerostate.metrics.EngineMetrics;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.ModuleCache;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.WasmRuntime;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in the modules that people upload: checks and compiles each once, and keeps it ready for its first task. */
public final class ModuleIntake {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleIntake.class);

    /** Twice what 40 MB of code take in a cold JVM on two busy cores; shorter than the sender of an upload waits. */
    private static final Duration BUDGET = Duration.ofSeconds(100);

    private final BinaryStore binaries;
    private final WasmRuntime runtime;
    private final ModuleCache cache;
    private final EngineMetrics metrics;
    private final ScheduledExecutorService ticker;

    /**
     * @param cache the one that runs look into, too
     * @param ticker one thread that serves all deadlines of a node
     */
    public ModuleIntake(
            BinaryStore binaries,
            WasmRuntime runtime,
            ModuleCache cache,
            EngineMetrics metrics,
            ScheduledExecutorService ticker) {
        this.binaries = binaries;
        this.runtime = runtime;
        this.cache = cache;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /**
     * Prepares a stored module on a thread of {@code pool}.
     *
     * @return what was found in it; refuses with {@code INVALID_MODULE}, with reason and byte offset, or {@code UNAVAILABLE}
     */
    Future<ModuleReport> take(BinaryRef binary, WorkerExecutor pool) {
        return binaries.get(binary.sha256())
                .recover(failure -> Future.failedFuture(unavailable(failure)))
                .compose(wasm -> pool.executeBlocking(() -> prepare(binary.sha256(), wasm), false));
    }

    private ModuleReport prepare(String sha256, Bytes wasm) throws InterruptedException {
        try (Deadline deadline = Deadline.start(ticker, BUDGET.toMillis())) {
            try {
                return cache.get(sha256, () -> load(wasm)).report();
            } catch (ModuleRefusedException refused) {
                metrics.refused();
                throw refusal(refused);
            } catch (InterruptedException | RuntimeException failure) {
                if (deadline.outcome() == null) {
                    throw failure;
                }
                throw tooSlow();
            }
        }
    }

    private static RefusedException tooSlow() {
        return new RefusedException(
                ErrorCode.INVALID_MODULE, "The module takes longer than " + BUDGET.toSeconds() + " s to prepare");
    }

    /** Called on a thread of the cache, which has to be had back from a module that compiles for ever. */
    private PreparedModule load(Bytes wasm) throws ModuleRefusedException, InterruptedException {
        try (Deadline deadline = Deadline.start(ticker, BUDGET.toMillis())) {
            PreparedModule module = runtime.prepare(wasm);
            metrics.prepared(module.report().compileMs());
            return module;
        } catch (InterruptedException interrupted) {
            throw tooSlow();
        }
    }

    /** Drops the binary of a refused module, unless a version of some agent has it: equal modules are stored once. */
    Future<Void> drop(BinaryRef binary, AgentStore agents) {
        return agents.isReferenced(binary.sha256())
                .compose(referenced ->
                        referenced ? Future.<Void>succeededFuture() : binaries.delete(binary.sha256()))
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("sha256", binary.sha256())
                        .setCause(failure)
                        .log("the binary of a refused module is left behind"));
    }

    private static RefusedException refusal(ModuleRefusedException refused) {
        String place = refused.byteOffset() < 0 ? "" : " (at byte " + refused.byteOffset() + ")";
        return new RefusedException(ErrorCode.INVALID_MODULE, refused.reason() + place);
    }

    private static Throwable unavailable(Throwable failure) {
        if (failure instanceof CorruptBinaryException || failure instanceof RefusedException) {
            return failure;
        }
        return new RefusedException(
                ErrorCode.UNAVAILABLE, "The module cannot be read from the binary store: " + failure.getMessage());
    }
}
