package io.zerostate.wasm.chicory;

import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.call;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.i32;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.task.Bytes;
import io.zerostate.task.Input;
import io.zerostate.task.Outcome;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.SharedCode;
import io.zerostate.wasm.WasmBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiled code is kept, and used again only when this node has made it. */
class CodeCacheTest {
    private static final byte[] KEY = "a key of some length".getBytes(StandardCharsets.UTF_8);
    private static final Bytes EXITS_WITH_3 = exitsWith(3);

    @TempDir
    Path directory;

    private Instant now = Instant.EPOCH;

    private static Bytes exitsWith(int code) {
        return new WasmBytes().importing("proc_exit").function(i32(code), call(0)).build();
    }

    private CodeCache cache(long maximumBytes) throws Exception {
        return new CodeCache(directory, KEY, maximumBytes, () -> now);
    }

    private CodeCache cache() throws Exception {
        return cache(1 << 24);
    }

    private static PreparedModule prepare(CodeCache cache, Bytes wasm) throws Exception {
        return new ChicoryRuntime(InstantSource.system(), new SecureRandom()).withCache(cache).prepare(wasm);
    }

    private static Outcome run(PreparedModule module) {
        try (ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
                Deadline deadline = Deadline.start(ticker, 20_000)) {
            Input input = new Input(Bytes.EMPTY, List.of(), Map.of());
            return module.run(new Invocation("test", input, Engine.LIMITS), OutputListener.NONE, deadline).outcome();
        }
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private Path onlyFile() throws Exception {
        assertThat(files()).hasSize(1);
        return files().getFirst();
    }

    @Test
    void whatWasCompiledOnceIsLoaded() throws Exception {
        prepare(cache(), EXITS_WITH_3);
        CompiledCode kept = cache().get(CodeCache.sha256(EXITS_WITH_3.array()));
        assertThat(kept).isNotNull();
        // Of the other module: if it runs, nothing was compiled.
        cache().put(CodeCache.sha256(exitsWith(4).array()), kept);

        assertThat(run(prepare(cache(), EXITS_WITH_3))).isEqualTo(new Outcome.Completed(3));
        assertThat(run(prepare(cache(), exitsWith(4)))).isEqualTo(new Outcome.Completed(3));
    }

    @Test
    void functionsThatAreTooLargeToCompileAreInterpretedAgain() throws Exception {
        byte[][] body = new byte[60_000][];
        Arrays.fill(body, concat(i32(8), i32(1), bytes(0x36, 2, 0)));
        Bytes wasm = new WasmBytes()
                .importing("proc_exit")
                .function(call(2), i32(8), bytes(0x28, 2, 0), call(0))
                .function(body)
                .build();
        PreparedModule compiled = prepare(cache(), wasm);
        PreparedModule loaded = prepare(cache(), wasm);

        assertThat(loaded.report().interpretedFunctions()).isEqualTo(1);
        assertThat(loaded.report().warnings()).isEqualTo(compiled.report().warnings());
        assertThat(run(loaded)).isEqualTo(new Outcome.Completed(1));
    }

    @Test
    void functionsThatWereCutIntoPiecesAreLoadedInPieces() throws Exception {
        byte[][] body = new byte[8_000][];
        Arrays.fill(body, concat(i32(8), i32(8), bytes(0x28, 2, 0), i32(1), bytes(0x6a, 0x36, 2, 0)));
        Bytes wasm = new WasmBytes()
                .importing("proc_exit")
                .function(call(2), i32(8), bytes(0x28, 2, 0), i32(100), bytes(0x6f), i32(3), bytes(0x6a), call(0))
                .function(body)
                .build();
        PreparedModule compiled = prepare(cache(), wasm);
        assertThat(files()).hasSize(1);
        PreparedModule loaded = prepare(cache(), wasm);

        assertThat(compiled.report().interpretedFunctions()).isZero();
        assertThat(loaded.report().interpretedFunctions()).isZero();
        assertThat(run(compiled)).isEqualTo(new Outcome.Completed(3));
        assertThat(run(loaded)).isEqualTo(new Outcome.Completed(3));
    }

    @Test
    void aFileThatWasChangedIsNotUsedButMadeAgain() throws Exception {
        prepare(cache(), EXITS_WITH_3);
        byte[] good = Files.readAllBytes(onlyFile());
        for (int place : new int[] {0, 31, 32, good.length / 2, good.length - 1}) {
            byte[] bad = good.clone();
            bad[place] ^= 1;
            Files.write(onlyFile(), bad);
            assertThat(cache().get(CodeCache.sha256(EXITS_WITH_3.array()))).as("byte %d", place).isNull();
            assertThat(files()).as("byte %d", place).isEmpty();
            assertThat(run(prepare(cache(), EXITS_WITH_3))).isEqualTo(new Outcome.Completed(3));
        }
    }

    @Test
    void aFileWithoutACodeOrCutShortIsNotUsed() throws Exception {
        prepare(cache(), EXITS_WITH_3);
        byte[] good = Files.readAllBytes(onlyFile());
        Path file = onlyFile();
        for (byte[] bad : List.of(
                new byte[0], Arrays.copyOf(good, 31), Arrays.copyOf(good, good.length - 1), Arrays.copyOfRange(good, 32, good.length))) {
            Files.write(file, bad);
            assertThat(cache().get(CodeCache.sha256(EXITS_WITH_3.array()))).isNull();
        }
    }

    @Test
    void theFileOfOneModuleIsNotUsedForAnother() throws Exception {
        prepare(cache(), EXITS_WITH_3);
        String name = onlyFile().getFileName().toString();
        String other = CodeCache.sha256(exitsWith(4).array());
        Files.move(onlyFile(), directory.resolve(other + name.substring(other.length())));

        assertThat(cache().get(other)).isNull();
        assertThat(run(prepare(cache(), exitsWith(4)))).isEqualTo(new Outcome.Completed(4));
    }

    @Test
    void whatWasMadeWithAnotherKeyIsNotUsed() throws Exception {
        prepare(cache(), EXITS_WITH_3);
        byte[] other = "another key of some length".getBytes(StandardCharsets.UTF_8);

        assertThat(new CodeCache(directory, other, 1 << 24, () -> now).get(CodeCache.sha256(EXITS_WITH_3.array()))).isNull();
    }

    @Test
    void whatAnotherNodeCompiledIsLoadedAndKeptHere(@TempDir Path elsewhere) throws Exception {
        Shelf shelf = new Shelf();
        prepare(new CodeCache(elsewhere, KEY, 1 << 24, () -> now, shelf), EXITS_WITH_3);
        assertThat(shelf.sealed).hasSize(1);

        String sha256 = CodeCache.sha256(EXITS_WITH_3.array());
        assertThat(new CodeCache(directory, KEY, 1 << 24, () -> now, shelf).get(sha256)).isNotNull();
        assertThat(cache().get(sha256)).as("without asking again").isNotNull();
    }

    @Test
    void whatAnotherNodeMadeWithAnotherKeyIsCompiledHereAndReplaced(@TempDir Path elsewhere) throws Exception {
        Shelf shelf = new Shelf();
        byte[] other = "another key of some length".getBytes(StandardCharsets.UTF_8);
        prepare(new CodeCache(elsewhere, other, 1 << 24, () -> now, shelf), EXITS_WITH_3);
        byte[] theirs = shelf.sealed.values().iterator().next();

        CodeCache mine = new CodeCache(directory, KEY, 1 << 24, () -> now, shelf);
        assertThat(mine.get(CodeCache.sha256(EXITS_WITH_3.array()))).isNull();
        assertThat(files()).isEmpty();
        assertThat(run(prepare(mine, EXITS_WITH_3))).isEqualTo(new Outcome.Completed(3));
        assertThat(shelf.sealed.values()).singleElement().isNotEqualTo(theirs);
    }

    /** A place that several nodes see. */
    private static final class Shelf implements SharedCode {
        private final Map<String, byte[]> sealed = new ConcurrentHashMap<>();

        @Override
        public byte @Nullable [] find(String name) {
            return sealed.get(name);
        }

        @Override
        public void offer(String name, byte[] content) {
            sealed.put(name, content);
        }
    }

    @Test
    void whatWasUsedLongestAgoMakesRoom() throws Exception {
        CompiledCode code = new CompiledCode(Set.of(), Set.of(), new byte[1_000]);
        CodeCache cache = cache(3_300);
        for (String name : List.of("a", "b", "c")) {
            now = now.plusSeconds(1);
            cache.put(name, code);
        }
        now = now.plusSeconds(1);
        assertThat(cache.get("a")).isNotNull();
        cache.put("d", code);

        assertThat(cache.get("b")).isNull();
        assertThat(cache.get("a")).isNotNull();
        assertThat(cache.get("c")).isNotNull();
        cache.put("huge", new CompiledCode(Set.of(), Set.of(), new byte[4_000]));
        assertThat(cache.get("huge")).isNull();
        assertThat(files()).hasSize(3);
    }

    @Test
    void whatWasLeftUnfinishedIsRemovedAtTheStart() throws Exception {
        Files.writeString(directory.resolve("code-1.new"), "half");
        cache();
        assertThat(files()).isEmpty();
    }

    @Test
    void aDirectoryThatIsGoneCostsACompilationAndNothingElse() throws Exception {
        CodeCache cache = cache();
        Files.delete(directory);
        assertThat(run(prepare(cache, EXITS_WITH_3))).isEqualTo(new Outcome.Completed(3));
        Files.createDirectory(directory);
    }
}
