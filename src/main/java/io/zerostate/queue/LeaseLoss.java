package io.zerostate.queue;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.StopRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease of ours is gone: another may run the task, so this node stops doing so. What it has by then, PostgreSQL judges. */
final class LeaseLoss {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseLoss.class);

    private final Ports ports;
    private final AttemptEnding ending;

    LeaseLoss(Ports ports, AttemptEnding ending) {
        this.ports = ports;
        this.ending = ending;
    }

    void lost(ActiveAttempt attempt) {
        if (attempt.isLeaseLost()) {
            return;
        }
        attempt.loseLease();
        ports.metrics().lostLease();
        attempt.in(LOG.atWarn()).addKeyValue("phase", attempt.phase()).log("lease lost");
        switch (attempt.phase()) {
            case STANDBY, HELD -> ending.handBack(attempt);
            case RUNNING ->
                ports.bus()
                        .publish(
                                Addresses.RUN_STOP,
                                new StopRun(attempt.taskId(), attempt.number(), StopRun.Reason.LEASE_LOST));
            case LEASED, ENDED -> {
                // Whoever waits for PostgreSQL's answer looks at the lease when it comes.
            }
        }
    }
}
