package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault by itself, on a cluster under load. */
@Tag("faults")
@DisabledIfSystemProperty(named = "faults.mix", matches = ".+")
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
            Fault.Healing healing = fault.inject(stage.cluster(), stage.chance(fault.name()));
            Waiting.forAsLongAs(fault.lasts());
            CompletableFuture<Void> healed = CompletableFuture.runAsync(() -> Fault.heal(healing));
            Duration recovery = run.awaitEndOfAccepted();
            healed.join();
            stage.cluster().restore();
            FaultTable.Row row = run.conclude(recovery, "");
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
        }
    }
}
