package io.zerostate.execution;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.zerostate.binary.BinaryStore;
import io.zerostate.metrics.EngineMetrics;
import io.zerostate.task.Bytes;
import io.zerostate.task.RefusedException;
import io.zerostate.wasm.ModuleCache;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.WasmRuntime;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets the module of a task ready to run: from the cache, else from the store and through the engine. Safe from any thread. */
public final class ModuleLoader {
    /** A store that says nothing for this long is asked again by the next attempt. */
    private static final long FETCH_TIMEOUT_MS = 60_000;

    private final ModuleCache cache;
    private final BinaryStore binaries;
    private final WasmRuntime runtime;
    private final EngineMetrics metrics;
    private final Context context;
    private final Set<String> fetching = ConcurrentHashMap.newKeySet();

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
     * @throws BinaryUnavailableException when the store is away, or had not given it when the thread was interrupted
     * @throws BinaryUnusableException when the store has nothing that could be run
     * @throws InterruptedException when the thread was interrupted
     */
    PreparedModule load(String sha256) throws ModuleRefusedException, InterruptedException {
        try {
            return cache.get(sha256, new Fetched(sha256));
        } catch (InterruptedException stopped) {
            if (fetching.contains(sha256)) {
                throw new BinaryUnavailableException("its store did not give it in time", stopped);
            }
            throw stopped;
        }
    }

    /** One module, from the store and through the engine. */
    private final class Fetched implements ModuleCache.Source {
        private final String sha256;

        Fetched(String sha256) {
            this.sha256 = sha256;
        }

        @Override
        public CompletionStage<Bytes> fetch() {
            CompletableFuture<Bytes> arrived = new CompletableFuture<>();
            fetching.add(sha256);
            context.runOnContext(ignored -> Future.succeededFuture()
                    .compose(ok -> binaries.get(sha256))
                    .onComplete(arrived::complete, arrived::completeExceptionally));
            return arrived.orTimeout(FETCH_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .whenComplete((bytes, failure) -> fetching.remove(sha256))
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(reason(failure)));
        }

        private static RuntimeException reason(Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof TimeoutException) {
                return new BinaryUnavailableException("its store did not answer within " + FETCH_TIMEOUT_MS + " ms", cause);
            }
            String why = String.valueOf(cause.getMessage());
            return RefusedException.isUnavailable(cause)
                    ? new BinaryUnavailableException(why, cause)
                    : new BinaryUnusableException(why, cause);
        }

        @Override
        public PreparedModule prepare(Bytes wasm) throws ModuleRefusedException, InterruptedException {
            long started = System.nanoTime();
            PreparedModule module = runtime.prepare(wasm);
            metrics.prepared(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
            return module;
        }
    }
}
