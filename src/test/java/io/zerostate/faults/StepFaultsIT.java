package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node goes away, or stands still, exactly between two steps of an attempt. */
@Tag("faults")
@ExtendWith(Stage.Extension.class)
class StepFaultsIT {
    private static final int PER_SECOND = 10;
    private static final int KILLED = 137;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONGER_THAN_THE_LEASE = Fault.NODE_PAUSED.lasts();

    @ParameterizedTest
    @CsvSource({
        "between claim and start, claimed:5:halt",
        "between the run's end and its finish, ended:5:halt",
        "between finish and release, finished:5:halt"
    })
    void aNodeMayEndBetweenAnyTwoSteps(String when, String failPoint, Stage stage) throws Exception {
        FaultNode node = stage.cluster().nodes().getLast();
        node.terminate();
        node.startWithFailPoint(failPoint);
        try (FaultRun run = stage.run("kill -9 of a node " + when)) {
            run.load().start(PER_SECOND);
            assertThat(node.awaitEnd()).isEqualTo(KILLED);
            CompletableFuture<Void> started = CompletableFuture.runAsync(node::start);
            Duration recovery = run.awaitEndOfAccepted();
            started.join();
            FaultTable.Row row = run.conclude(recovery, "ended by its fail point");
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
        } finally {
            stage.cluster().restore();
        }
    }

    @Test
    void aNodeThatSleptThroughItsLeaseIsRefusedItsResult(Stage stage) throws Exception {
        FaultNode node = stage.cluster().nodes().getLast();
        node.terminate();
        node.startWithFailPoint("ended:5:pause");
        try (FaultRun run = stage.run("SIGSTOP of a node between the run's end and its finish")) {
            run.load().start(PER_SECOND);
            Waiting.until("the node stands still", PATIENCE, node::isPaused);
            Waiting.forAsLongAs(LONGER_THAN_THE_LEASE);
            node.resume();
            Duration recovery = run.awaitEndOfAccepted();
            stage.cluster().restore();
            FaultTable.Row row = run.conclude(recovery, "the result of the sleeper came too late");
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
            assertThat(row.staleFinishes()).as("stale finishes").isPositive();
        } finally {
            node.terminate();
            node.start();
        }
    }
}
