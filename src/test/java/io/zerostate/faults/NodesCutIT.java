package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that do not reach each other, while each still reaches PostgreSQL and Redis: the bus carries hints, and hints may be lost. */
@Tag("faults")
@ExtendWith(Stage.Extension.class)
class NodesCutIT {
    private static final int NODES = 3;
    private static final int CUT = 2;
    private static final int PER_SECOND = 10;
    private static final int WARM = 30;

    /** Longer than the cluster waits for a silent node. */
    private static final Duration LONG = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void aNodeThatTheOthersDoNotHearLosesNothing(Stage stage) throws Exception {
        assumeTrue(Namespaces.arePossible(), "needs network namespaces: Linux, and root");
        try (Namespaces namespaces = Namespaces.open(NODES);
                FaultCluster cluster = FaultCluster.start(
                        namespaces.places(), namespaces.gateway(), Times.SHORT.environment(), stage.chance("nodes cut"));
                FaultRun run = new FaultRun(cluster, "no packet passes between a node and the others", stage.seed())) {
            FaultNode cut = cluster.nodes().get(CUT);
            run.load().start(PER_SECOND);
            run.awaitEnded(WARM);
            namespaces.cutFromOthers(CUT);
            Waiting.forAsLongAs(LONG);
            namespaces.rejoin(CUT);
            Duration recovery = run.awaitEndOfAccepted();
            // The halves find each other again, and the smaller one starts anew.
            Waiting.until("the node that was cut off stops", PATIENCE, () -> !cut.isAlive());
            cut.start();
            FaultTable.Row row = run.conclude(recovery, "it stopped with the reason and was started again");
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
            assertThat(Files.readString(cut.log())).contains("cut off from its cluster");
        }
    }
}
