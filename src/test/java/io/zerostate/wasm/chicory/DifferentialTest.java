package io.zerostate.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.task.Bytes;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.Mutation;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.ProgramGenerator;
import io.zerostate.wasm.chicory.ChicoryRuntime.Translation;
import io.zerostate.wasm.split.FunctionSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** What is compiled, whole or cut into pieces, does as what is interpreted: the same output, the same end, the same trap. */
class DifferentialTest {
    private static final List<Bytes> AGENTS =
            Stream.of("hello_c", "wordcount", "echo_env", "factor", "all_bytes").map(DifferentialTest::read).toList();
    private static final FunctionSplitter PIECES = new FunctionSplitter(300, 300, 150);
    private static final String INPUT = "12 97 600851475143\nwords, and more words\n";

    @Property(tries = 400)
    void aGeneratedProgramDoesTheSame(@ForAll long seed) throws Exception {
        Statistics.collect(same(new ProgramGenerator(seed).program()));
    }

    @Property(tries = 150)
    void anAgentThatWasDamagedDoesTheSame(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        try {
            Statistics.collect(same(new Mutation(random).of(AGENTS.get(random.nextInt(AGENTS.size())), 1)));
        } catch (ModuleRefusedException refused) {
            Statistics.collect("refused");
        }
    }

    private static String same(Bytes wasm) throws ModuleRefusedException, InterruptedException {
        same(new Engine(PIECES), wasm);
        return same(new Engine(), wasm);
    }

    private static String same(Engine compiling, Bytes wasm) throws ModuleRefusedException, InterruptedException {
        RunReport compiled = run(compiling, wasm);
        RunReport interpreted = run(new Engine(Translation.INTERPRETED), wasm);
        if (compiled.outcome() instanceof Outcome.TimedOut || interpreted.outcome() instanceof Outcome.TimedOut) {
            // One of them got further than the other; where they were stopped says nothing.
            return "timeout";
        }
        assertThat(end(compiled.outcome())).isEqualTo(end(interpreted.outcome()));
        assertThat(compiled.outcome().exitCodeOrNull()).isEqualTo(interpreted.outcome().exitCodeOrNull());
        assertThat(compiled.stdout()).isEqualTo(interpreted.stdout());
        assertThat(compiled.stderr()).isEqualTo(interpreted.stderr());
        assertThat(compiled.memoryPeakBytes()).isEqualTo(interpreted.memoryPeakBytes());
        return end(compiled.outcome());
    }

    /** The kind of an end, and of a trap its name: what follows the name, such as the address, only one of the two tells. */
    private static String end(Outcome outcome) {
        return outcome instanceof Outcome.Trapped trapped ? trapped.message().split(":")[0] : outcome.kind();
    }

    private static RunReport run(Engine engine, Bytes wasm) throws ModuleRefusedException, InterruptedException {
        try (engine) {
            var invocation = new Invocation("test", Engine.input(INPUT), Engine.withTimeout(2_000));
            return engine.run(engine.prepare(wasm), invocation, OutputListener.NONE);
        }
    }

    private static Bytes read(String name) {
        try {
            return Bytes.of(Files.readAllBytes(Path.of("tests", "wasm", name + ".wasm")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
