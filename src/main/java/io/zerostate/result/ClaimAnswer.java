package io.zerostate.result;

import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.QueueEntry;
import java.util.List;

/**
 * What a claim got.
 *
 * @param claims in the order in which they were asked for
 * @param waiting tasks that wait but were not to be had: not due, or touched by another statement at that moment
 */
public record ClaimAnswer(List<Claim> claims, List<QueueEntry> waiting) {
    public ClaimAnswer {
        claims = List.copyOf(claims);
        waiting = List.copyOf(waiting);
    }

    /** One attempt that begins. */
    public record Claim(ClaimedTask task, TaskChange change) {}
}
