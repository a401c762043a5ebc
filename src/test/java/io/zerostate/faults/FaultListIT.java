package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault by itself, on a cluster under load. */
@Tag("faults")
@ExtendWith(Stage.Extension.class)
class FaultListIT {
    private static final int PER_SECOND = 10;
    private static final int WARM = 30;

    @ParameterizedTest
    @EnumSource
    void nothingIsLostOrDoubled(Fault fault, Stage stage) throws Exception {
        try (FaultRun run = stage.run(fault.toString())) {
            run.load().start(PER_SECOND);
            run.awaitEnded(WARM);
            Duration recovery = run.endure(fault, stage.chance(fault.name()));
            FaultTable.Row row = run.conclude(recovery, "");
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
        }
    }
}
