package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The leases, heartbeats and intervals that a cluster has unless it is told otherwise. */
@Tag("faults")
@ExtendWith(Stage.Extension.class)
class RealTimesIT {
    private static final int NODES = 3;
    private static final int PER_SECOND = 5;
    private static final int WARM = 20;

    /** A lease, and the time that a loaded machine takes for what waited behind it. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static FaultCluster cluster;

    @BeforeAll
    static void start(Stage stage) throws Exception {
        cluster = FaultCluster.start(NODES, Times.REAL.environment(), stage.chance("real times"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NODE_KILLED", "REDIS_KILLED"})
    void everythingHasEndedSoonAfterALease(Fault fault, Stage stage) throws Exception {
        try (FaultRun run = new FaultRun(cluster, fault + ", lease of 15 s", stage.seed())) {
            run.load().start(PER_SECOND);
            run.awaitEnded(WARM);
            Duration recovery = run.endure(fault, stage.chance(fault.name()));
            FaultTable.Row row = run.conclude(recovery, "");
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
            assertThat(recovery).isLessThan(SOON);
        }
    }

    /** One node after the other is stopped and started, and clients that know all nodes notice nothing. */
    @Test
    void aRollingRestartFailsNoRequestAndWastesNoAttempt(Stage stage) throws Exception {
        try (FaultRun run = new FaultRun(cluster, "rolling restart by SIGTERM, lease of 15 s", stage.seed())) {
            run.load().start(PER_SECOND);
            run.awaitEnded(WARM);
            Instant begun = Instant.now();
            for (FaultNode node : cluster.nodes()) {
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
