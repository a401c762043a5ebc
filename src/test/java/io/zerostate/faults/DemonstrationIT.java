package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 2,000 tasks while one node is killed and another sleeps through its leases: {@code -Dit.test=DemonstrationIT}. */
@Tag("faults")
@ExtendWith(Stage.Extension.class)
class DemonstrationIT {
    private static final int TASKS = 2_000;
    private static final int BEFORE_THE_KILL = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void twoThousandTasksEndOnceWhileANodeIsKilledAndAnotherSleeps(Stage stage) throws Exception {
        FaultNode killed = stage.cluster().nodes().get(1);
        FaultNode sleeper = stage.cluster().nodes().getLast();
        sleeper.terminate();
        // It stops itself with a result in hand, so that it surely comes too late with one.
        sleeper.startWithFailPoint("ended:150:pause");
        try (FaultRun run = stage.run(TASKS + " tasks, a node killed, another paused")) {
            run.load().post(TASKS);
            run.awaitEnded(BEFORE_THE_KILL);
            killed.kill();
            Waiting.until("the sleeper sleeps", PATIENCE, sleeper::isPaused);
            Waiting.forAsLongAs(Fault.NODE_PAUSED.lasts());
            sleeper.resume();
            killed.start();
            run.load().stop();
            Duration recovery = run.awaitEndOfAccepted();
            FaultTable.Row row = run.conclude(recovery, "the sleeper's result was refused");
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
            assertThat(row.figures().accepted()).isEqualTo(TASKS);
            assertThat(row.figures().lost()).isZero();
            assertThat(row.figures().duplicated()).isZero();
            assertThat(row.staleFinishes()).isPositive();
        } finally {
            sleeper.terminate();
            sleeper.start();
        }
    }
}
