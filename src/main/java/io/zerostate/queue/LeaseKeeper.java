package io.zerostate.queue;

import io.zerostate.config.QueueSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews all leases of this node with each heartbeat. A node that could not do so for almost as long as a lease lasts fences
 * itself: it stops its runs before somebody else can start them.
 */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    /** How long before the end of its leases a node gives them up. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final Ports ports;
    private final Board board;
    private final LeaseLoss loss;
    private final AttemptCheck check;
    private final Duration heartbeat;
    private final Duration trusted;
    private Instant renewedAt;
    private Instant askedAt;
    private boolean renewing;
    private boolean fenced;

    LeaseKeeper(Ports ports, Board board, LeaseLoss loss, QueueSettings settings) {
        this.ports = ports;
        this.board = board;
        this.loss = loss;
        this.check = new AttemptCheck(ports, board, loss);
        this.heartbeat = settings.heartbeat();
        Duration quarter = settings.lease().dividedBy(4);
        this.trusted = settings.lease().minus(quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN);
        this.renewedAt = ports.clock().instant();
        this.askedAt = renewedAt;
    }

    void start() {
        ports.vertx().setPeriodic(heartbeat.toMillis(), timer -> renew());
        ports.vertx().setPeriodic(Math.max(1, heartbeat.toMillis() / 5), timer -> watch());
    }

    /** False while this node cannot be sure of its leases: it takes no work then. */
    boolean isSure() {
        return !fenced;
    }

    /** True when the last heartbeat is no older than it should be, or nothing is leased. */
    boolean isFresh() {
        return board.attempts().size() == 0 || !isOlderThan(heartbeat.multipliedBy(2), renewedAt);
    }

    /** When the leases of this node were last renewed. */
    Instant renewedAt() {
        return renewedAt;
    }

    private void renew() {
        if (renewing) {
            return;
        }
        Map<UUID, ActiveAttempt> asked = new HashMap<>();
        board.attempts().underLease().forEach(attempt -> asked.put(attempt.taskId(), attempt));
        Instant now = ports.clock().instant();
        askedAt = now;
        renewing = true;
        ports.queue().heartbeat(List.copyOf(asked.keySet())).onComplete(answer -> {
            renewing = false;
            if (answer.succeeded()) {
                renewedAt = now;
                lost(asked, answer.result());
                check.check();
                unfence();
            } else {
                LOG.warn("heartbeat of {} leases failed: {}", asked.size(), answer.cause().getMessage());
            }
        });
    }

    private void lost(Map<UUID, ActiveAttempt> asked, List<UUID> lostIds) {
        for (UUID taskId : lostIds) {
            ActiveAttempt attempt = asked.get(taskId);
            // One that ended while the heartbeat was under way was released, not lost.
            if (attempt != null && board.attempts().holds(attempt)) {
                loss.lost(attempt);
            }
        }
    }

    private void watch() {
        if (fenced) {
            renew();
        } else if (isOlderThan(trusted, renewedAt)) {
            if (!renewing && isOlderThan(heartbeat, askedAt)) {
                // The whole process was paused. The queue may not have noticed, so it is asked first.
                renew();
            } else {
                fence();
            }
        }
    }

    private void fence() {
        LOG.error("no heartbeat since {}: stopping {} attempts", renewedAt, board.attempts().size());
        fenced = true;
        board.attempts().underLease().forEach(loss::lost);
    }

    private void unfence() {
        if (fenced) {
            LOG.info("heartbeats reach the queue again");
            fenced = false;
            board.steps().changed();
        }
    }

    private boolean isOlderThan(Duration age, Instant instant) {
        return Duration.between(instant, ports.clock().instant()).compareTo(age) > 0;
    }
}
