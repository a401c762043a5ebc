package io.zerostate.execution;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.zerostate.binary.BinaryStore;
import io.zerostate.metrics.EngineMetrics;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.ModuleCache;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.WasmRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets the module of a task ready to run: from the cache, else from the store and through the engine. Safe from any thread. */
public final class ModuleLoader {
    /** A store that says nothing for this long holds a thread that other modules wait for. */
    private static final long FETCH_TIMEOUT_MS = 60_000;

    private final ModuleCache cache;
    private final BinaryStore binaries;
    private final WasmRuntime runtime;
    private final EngineMetrics metrics;
    private final Context context;

    /**
     * @param context an event loop's, from which the store is called: called from a worker it would answer on that worker, which
     *     waits for the answer
     */
    public ModuleLoader(
            ModuleCache cache, BinaryStore binaries, WasmRuntime runtime, EngineMetrics metrics, Context context) {
        this.cache = cache;
        this.binaries = binaries;
        this.runtime = runtime;
        this.metrics = metrics;
        this.context = context;
    }

    /**
     * Blocks the calling thread, which may be interrupted.
     *
     * @throws ModuleRefusedException when the module cannot be an agent
     * @throws BinaryUnavailableException when the store does not give it, with a reason for people
     * @throws InterruptedException when the thread was interrupted
     */
    PreparedModule load(String sha256) throws ModuleRefusedException, InterruptedException {
        return cache.get(sha256, () -> prepare(fetch(sha256)));
    }

    private PreparedModule prepare(Bytes wasm) throws ModuleRefusedException, InterruptedException {
        long started = System.nanoTime();
        PreparedModule module = runtime.prepare(wasm);
        metrics.prepared(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
        return module;
    }

    private Bytes fetch(String sha256) throws InterruptedException {
        CompletableFuture<Bytes> arrived = new CompletableFuture<>();
        context.runOnContext(ignored -> Future.succeededFuture()
                .compose(ok -> binaries.get(sha256))
                .onSuccess(arrived::complete)
                .onFailure(arrived::completeExceptionally));
        try {
            return arrived.get(FETCH_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw new BinaryUnavailableException(String.valueOf(failure.getCause().getMessage()), failure.getCause());
        } catch (TimeoutException late) {
            throw new BinaryUnavailableException("the store did not answer within " + FETCH_TIMEOUT_MS + " ms", late);
        }
    }
}
