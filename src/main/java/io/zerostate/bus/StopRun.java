package io.zerostate.bus;

import java.util.UUID;

/**
 * Stop this attempt if it runs on your node. Published: every node hears it.
 *
 * @param attempt the attempt to stop, or 0 for whichever runs
 */
public record StopRun(UUID taskId, int attempt, Reason reason) implements BusMessage {
    /** Why a run is stopped; decides its outcome. */
    public enum Reason {
        /** Somebody cancelled the task. */
        CANCELLED,
        /** Its lease was lost: what it still produces counts only if its attempt is the current one. */
        LEASE_LOST,
        /** Its node stops and its grace time is over. */
        SHUTDOWN
    }
}
