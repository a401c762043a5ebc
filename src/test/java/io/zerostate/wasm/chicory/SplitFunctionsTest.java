package io.zerostate.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.task.Bytes;
import io.zerostate.wasm.ShapedProgramGenerator;
import io.zerostate.wasm.split.FunctionSplitter;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** Code that was cut does as code that was not. */
class SplitFunctionsTest {
    @Property(tries = 150)
    void aSmallProgramLeavesTheSameBehindWhenItIsCutAnywhere(@ForAll long seed) throws Exception {
        leavesTheSame(new ShapedProgramGenerator(seed).program(), seed, 40, 200);
    }

    @Property(tries = 100)
    void aLargeProgramLeavesTheSameBehindWhenItIsCut(@ForAll long seed) throws Exception {
        leavesTheSame(new ShapedProgramGenerator(seed).largeProgram(), seed, 100, 2_000);
    }

    private static void leavesTheSame(Bytes wasm, long seed, int smallest, int largest) throws Exception {
        Random random = new Random(seed);
        int pieceBytes = random.nextInt(smallest, largest);
        int above = pieceBytes + random.nextInt(largest);
        var splitter = new FunctionSplitter(above, above, pieceBytes);
        Footprint.Compiled whole = Footprint.of(wasm, FunctionSplitter.NONE);
        Footprint.Compiled cut = Footprint.of(wasm, splitter);

        assertThat(whole.pieces()).isZero();
        assertThat(cut.footprint()).isEqualTo(whole.footprint());
        Statistics.label("cut").collect(cut.pieces() > 0);
        Statistics.label("end").collect(whole.footprint().end().split(":")[0]);
    }
}
