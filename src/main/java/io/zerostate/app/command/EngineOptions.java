package io.zerostate.app.command;

import io.zerostate.app.node.CacheKey;
import io.zerostate.wasm.WasmRuntime;
import io.zerostate.wasm.chicory.ChicoryRuntime;
import io.zerostate.wasm.chicory.CodeCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Option;

/** The engine of a command that needs no node, as options. */
final class EngineOptions {
    private static final Logger LOG = LoggerFactory.getLogger(EngineOptions.class);
    private static final long MAX_CACHE_BYTES = 256L << 20;

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = {
                "Where compiled modules are kept for the next run, at most 256 MiB;",
                "empty for nowhere (default: $XDG_CACHE_HOME/zerostate, or ~/.cache/zerostate)."
            })
    private @Nullable String cacheDir;

    /** @param environment of this process */
    WasmRuntime engine(Map<String, String> environment) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        ChicoryRuntime engine = new ChicoryRuntime(clock, random);
        String place = cacheDir == null ? userCache(environment) : cacheDir;
        if (place.isEmpty()) {
            return engine;
        }
        try {
            Path directory = Files.createDirectories(Path.of(place));
            byte[] key = CacheKey.of("", directory, random);
            return engine.withCache(new CodeCache(directory.resolve("code"), key, MAX_CACHE_BYTES, clock));
        } catch (IOException unusable) {
            // Whoever named the directory wants to know; for all others it only takes longer.
            LOG.atLevel(cacheDir == null ? Level.DEBUG : Level.WARN)
                    .log("compiled code is not kept in {}: {}", place, unusable.getMessage());
            return engine;
        }
    }

    private static String userCache(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!cache.isEmpty()) {
            return cache + "/zerostate";
        }
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? "" : home + "/.cache/zerostate";
    }
}
