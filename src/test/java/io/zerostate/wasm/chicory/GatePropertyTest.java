package io.zerostate.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.ModuleGate;
import io.zerostate.wasm.Mutation;
import io.zerostate.wasm.Verdict;
import io.zerostate.wasm.WasmBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** The gate and the parser behind it on files that nobody would make on purpose, or only on purpose. */
class GatePropertyTest {
    private static final int SMALL_BYTES = 100_000;
    /** What the gate may allocate, whatever the file says: for a message, and for each byte of it. */
    private static final long BASE_BYTES = 256 * 1024;

    private static final long BYTES_PER_BYTE = 64;
    private static final List<Path> FILES = files();
    /** Those that pass: a module that is refused as it is shows little. */
    private static final List<Bytes> SMALL = FILES.stream()
            .map(GatePropertyTest::read)
            .filter(wasm -> wasm.length() < SMALL_BYTES && ModuleGate.inspect(wasm) instanceof Verdict.Passed)
            .toList();

    @Property(tries = 3000)
    void aDamagedModuleIsRefusedOrIsWhatTheGateSaw(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int changes) {
        Random random = new Random(seed);
        Bytes whole = SMALL.get(random.nextInt(SMALL.size()));
        GateOracle.End end = GateOracle.check(new Mutation(random).of(whole, changes));
        Statistics.collect(end);
    }

    @Property(tries = 3000)
    void aFileOfSoundSectionsWithAnyContentIsRefusedOrIsWhatTheGateSaw(@ForAll long seed) {
        Random random = new Random(seed);
        byte[][] sections = new WasmBytes().importing("fd_write").table(2).global().function(code(random)).data(0, "x").sections();
        for (int i = 0; i < sections.length; i++) {
            if (random.nextInt(6) == 0) {
                byte[] content = new byte[random.nextInt(60)];
                random.nextBytes(content);
                sections[i] = WasmBytes.section(random.nextInt(15), content);
            }
        }
        Statistics.collect(GateOracle.check(WasmBytes.module(sections)));
    }

    /** Any instructions: most do not type-check, which is for the parser to say. */
    private static byte[] code(Random random) {
        byte[] code = new byte[random.nextInt(40)];
        for (int i = 0; i < code.length; i++) {
            code[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(0x12));
        }
        return code;
    }

    @Property(tries = 300)
    void theGateTakesMemoryInProportionToTheFile(@ForAll long seed, @ForAll @IntRange(max = 20) int changes) {
        Random random = new Random(seed);
        Bytes wasm = new Mutation(random).of(SMALL.get(random.nextInt(SMALL.size())), changes);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Verdict verdict = ModuleGate.inspect(wasm);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as(verdict.toString()).isLessThan(BASE_BYTES + BYTES_PER_BYTE * wasm.length());
    }

    @Test
    void everyTestAgentIsWhatTheGateSaw() {
        assertThat(FILES).hasSizeGreaterThan(30).allSatisfy(file -> GateOracle.check(read(file)));
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.list(Path.of("tests", "wasm"))) {
            return files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes read(Path file) {
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
