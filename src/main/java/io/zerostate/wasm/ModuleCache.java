package io.zerostate.wasm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.zerostate.task.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps prepared modules by the SHA-256 of their bytes, so that a node parses and compiles each module once. Bounded by the
 * modules' {@link PreparedModule#weightBytes weight}; what was not used for longest goes first. Safe from any thread.
 */
public final class ModuleCache {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleCache.class);

    private final Cache<String, PreparedModule> modules;
    private final ConcurrentMap<String, CompletableFuture<PreparedModule>> flights = new ConcurrentHashMap<>();
    private final Executor loads;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    /** Gets a module that is not in the cache. Runs on the cache's executor and may block. */
    @FunctionalInterface
    public interface Loader {
        /**
         * @throws ModuleRefusedException when the module cannot be an agent
         * @throws InterruptedException when the thread was interrupted
         */
        PreparedModule load() throws ModuleRefusedException, InterruptedException;
    }

    /** Gets a module that is not in the cache from somewhere that may take its time. */
    public interface Source {
        /** Begins to get the bytes, and does not block. Nothing that is in the cache, or is prepared, waits for them. */
        CompletionStage<Bytes> fetch();

        /** Runs as {@link Loader#load} does. */
        PreparedModule prepare(Bytes wasm) throws ModuleRefusedException, InterruptedException;
    }

    /**
     * Counts since the cache was made, and what it holds now.
     *
     * @param hits requests answered without loading, also those that waited for another thread's load
     * @param misses requests that loaded
     * @param evictions modules dropped to stay within the bound
     * @param modules modules held
     * @param weightBytes sum of their weights
     */
    public record Stats(long hits, long misses, long evictions, long modules, long weightBytes) {}

    /** A cache that loads on the thread that asks. */
    public ModuleCache(long maximumWeightBytes) {
        this(maximumWeightBytes, Runnable::run);
    }

    /**
     * @param maximumWeightBytes estimated heap bytes that all modules together may cost
     * @param loads runs the loaders. With threads of its own a load goes on when the task that asked for it runs out of time: else a
     *     large module on a busy node would be begun again by each attempt and never be done
     */
    public ModuleCache(long maximumWeightBytes, Executor loads) {
        this.loads = loads;
        this.modules = Caffeine.newBuilder()
                .maximumWeight(maximumWeightBytes)
                .weigher((String sha256, PreparedModule module) -> weight(module))
                .removalListener((String sha256, PreparedModule module, RemovalCause cause) -> {
                    if (cause.wasEvicted()) {
                        evictions.increment();
                    }
                })
                // On the calling thread: a pool would only add a delay between an eviction and its memory coming free.
                .executor(Runnable::run)
                .build();
    }

    private static int weight(PreparedModule module) {
        return (int) Math.clamp(module.weightBytes(), 1, Integer.MAX_VALUE);
    }

    /**
     * The module with this digest, loaded when it is not there. One load serves all that ask for the same module meanwhile; requests
     * for other modules do not wait for it. A load that fails is not kept.
     *
     * @throws ModuleRefusedException when the module cannot be an agent
     * @throws InterruptedException when the thread was interrupted while it waited
     */
    public PreparedModule get(String sha256, Loader loader) throws ModuleRefusedException, InterruptedException {
        return board(sha256, flight -> loads.execute(() -> load(sha256, flight, loader)));
    }

    /**
     * As {@link #get(String, Loader)}, from a source that holds no thread while the bytes are on their way.
     *
     * @throws ModuleRefusedException when the module cannot be an agent
     * @throws InterruptedException when the thread was interrupted while it waited
     */
    public PreparedModule get(String sha256, Source source) throws ModuleRefusedException, InterruptedException {
        return board(sha256, flight -> source.fetch()
                .thenAcceptAsync(wasm -> load(sha256, flight, () -> source.prepare(wasm)), loads)
                .whenComplete((loaded, failure) -> {
                    if (failure != null) {
                        fail(sha256, flight, failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                }));
    }

    /** Waits for the flight that brings the module, which is begun when there is none. */
    private PreparedModule board(String sha256, Consumer<CompletableFuture<PreparedModule>> begin)
            throws ModuleRefusedException, InterruptedException {
        while (true) {
            PreparedModule held = modules.getIfPresent(sha256);
            if (held != null) {
                hits.increment();
                return held;
            }
            CompletableFuture<PreparedModule> mine = new CompletableFuture<>();
            CompletableFuture<PreparedModule> theirs = flights.putIfAbsent(sha256, mine);
            if (theirs == null) {
                start(sha256, mine, begin);
                return outcome(mine);
            }
            try {
                PreparedModule module = theirs.get();
                hits.increment();
                return module;
            } catch (ExecutionException e) {
                // A refusal holds for everybody. Anything else may have been the other's own trouble, its deadline for one.
                if (e.getCause() instanceof ModuleRefusedException refused) {
                    throw refused;
                }
                LOG.debug("trying again what failed for another request", e);
            }
        }
    }

    private static PreparedModule outcome(CompletableFuture<PreparedModule> flight)
            throws ModuleRefusedException, InterruptedException {
        try {
            return flight.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ModuleRefusedException refused -> throw refused;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException failed -> throw failed;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void start(
            String sha256,
            CompletableFuture<PreparedModule> flight,
            Consumer<CompletableFuture<PreparedModule>> begin) {
        try {
            begin.accept(flight);
        } catch (RuntimeException e) {
            fail(sha256, flight, e);
        }
    }

    private void fail(String sha256, CompletableFuture<PreparedModule> flight, Throwable failure) {
        flights.remove(sha256, flight);
        flight.completeExceptionally(failure);
    }

    private void load(String sha256, CompletableFuture<PreparedModule> flight, Loader loader) {
        try {
            // Another load may have ended between the look into the cache and the start of this one.
            PreparedModule module = modules.getIfPresent(sha256);
            if (module == null) {
                misses.increment();
                module = loader.load();
                modules.put(sha256, module);
            } else {
                hits.increment();
            }
            flights.remove(sha256, flight);
            flight.complete(module);
        } catch (Throwable e) {
            fail(sha256, flight, e);
        }
    }

    /** Keeps a module that was prepared elsewhere, after its upload for one. */
    public void preload(String sha256, PreparedModule module) {
        modules.put(sha256, module);
    }

    /** Drops a module, if it is there. Runs that have it go on. */
    public void remove(String sha256) {
        modules.invalidate(sha256);
    }

    /** How well it did since the start, and what it holds now. */
    public Stats stats() {
        modules.cleanUp();
        long weight = modules.policy().eviction().orElseThrow().weightedSize().orElse(0);
        return new Stats(hits.sum(), misses.sum(), evictions.sum(), modules.estimatedSize(), weight);
    }
}
