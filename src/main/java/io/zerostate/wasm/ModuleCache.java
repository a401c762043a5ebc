package io.zerostate.wasm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps prepared modules by the SHA-256 of their bytes, so that a node parses and compiles each module once. Bounded by the
 * modules' {@link PreparedModule#weightBytes weight}; what was not used for longest goes first. Safe from any thread.
 */
public final class ModuleCache {
    private final Cache<String, PreparedModule> modules;
    private final ConcurrentMap<String, CompletableFuture<PreparedModule>> flights = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    /** Gets a module that is not in the cache. Runs on the thread that asked for it and may block. */
    @FunctionalInterface
    public interface Loader {
        /**
         * @throws ModuleRefusedException when the module cannot be an agent
         * @throws InterruptedException when the thread was interrupted
         */
        PreparedModule load() throws ModuleRefusedException, InterruptedException;
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

    /** @param maximumWeightBytes estimated heap bytes that all modules together may cost */
    public ModuleCache(long maximumWeightBytes) {
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
     * The module with this digest, loaded when it is not there. One thread loads, others that ask for the same module meanwhile
     * wait for it; requests for other modules do not wait. A load that fails is not kept.
     *
     * @throws ModuleRefusedException when the module cannot be an agent
     * @throws InterruptedException when the thread was interrupted while it loaded or waited
     */
    public PreparedModule get(String sha256, Loader loader) throws ModuleRefusedException, InterruptedException {
        while (true) {
            PreparedModule held = modules.getIfPresent(sha256);
            if (held != null) {
                hits.increment();
                return held;
            }
            CompletableFuture<PreparedModule> mine = new CompletableFuture<>();
            CompletableFuture<PreparedModule> theirs = flights.putIfAbsent(sha256, mine);
            if (theirs == null) {
                return load(sha256, mine, loader);
            }
            try {
                PreparedModule module = theirs.get();
                hits.increment();
                return module;
            } catch (ExecutionException e) {
                // A refusal holds for everybody. Anything else was the loading thread's own trouble, its deadline for one: try again.
                if (e.getCause() instanceof ModuleRefusedException refused) {
                    throw refused;
                }
            }
        }
    }

    private PreparedModule load(String sha256, CompletableFuture<PreparedModule> flight, Loader loader)
            throws ModuleRefusedException, InterruptedException {
        try {
            // Another thread's load may have ended between the look into the cache and the start of this one.
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
            return module;
        } catch (Throwable e) {
            flights.remove(sha256, flight);
            flight.completeExceptionally(e);
            throw e;
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
