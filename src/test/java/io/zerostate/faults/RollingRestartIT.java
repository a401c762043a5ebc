package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** One node after the other is stopped and started, and clients that know all nodes notice nothing. */
@Tag("faults")
@DisabledIfSystemProperty(named = "faults.mix", matches = ".+")
@ExtendWith(Stage.Extension.class)
class RollingRestartIT {
    private static final int PER_SECOND = 20;
    private static final int WARM = 40;

    @Test
    void noRequestFailsAndNoAttemptIsWasted(Stage stage) throws Exception {
        try (FaultRun run = stage.run("rolling restart by SIGTERM")) {
            run.load().start(PER_SECOND);
            run.awaitEnded(WARM);
            Instant begun = Instant.now();
            for (FaultNode node : stage.cluster().nodes()) {
                node.terminate();
                node.start();
            }
            Duration rolled = Duration.between(begun, Instant.now());
            Duration recovery = run.awaitEndOfAccepted();
            FaultTable.Row row = run.conclude(
                    recovery,
                    "rolled in " + rolled.toSeconds() + " s, failed requests: " + run.load().failedRequests());
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
            assertThat(run.load().failedRequests()).as("requests beyond refused connections").isZero();
            assertThat(row.figures().extraAttempts()).as("extra attempts").isZero();
        }
    }
}
