package io.zerostate.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.task.Bytes;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A module that was damaged anywhere is refused, or runs to some end: nothing else comes out of the engine. */
class DamagedModuleTest {
    private static final byte[][] MODULES = {
        read("hello_c.wasm"), read("all_bytes.wasm"), read("indirect_call.wasm"), read("factor.wasm"),
    };

    @Property(tries = 600)
    void isRefusedOrRuns(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes) throws Exception {
        Random random = new Random(seed);
        byte[] wasm = MODULES[random.nextInt(MODULES.length)].clone();
        for (int i = 0; i < changes; i++) {
            wasm[random.nextInt(8, wasm.length)] = (byte) random.nextInt(256);
        }
        try (Engine engine = new Engine()) {
            PreparedModule module = engine.prepare(Bytes.of(wasm));
            RunReport report = engine.run(
                    module, new Invocation("test", Engine.input("12 97"), Engine.withTimeout(200)), OutputListener.NONE);
            assertThat(report.outcome().toString()).doesNotContain("internal error");
        } catch (ModuleRefusedException refused) {
            assertThat(refused.reason()).isNotBlank().doesNotContain("\n");
        }
    }

    private static byte[] read(String name) {
        try {
            return Files.readAllBytes(Path.of("tests", "wasm", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
