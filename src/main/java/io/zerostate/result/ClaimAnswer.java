package io.zerostate.result;

import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.TasksClaimed.Unfit;
import java.util.List;

/**
 * What a claim got.
 *
 * @param claims in the order in which they were asked for
 * @param waiting tasks that wait but were not to be had: not due, or touched by another statement at that moment
 * @param unfit tasks that wait and were to be had, but not with the memory that was offered, in the order in which they were asked for
 */
public record ClaimAnswer(List<Claim> claims, List<QueueEntry> waiting, List<Unfit> unfit) {
    public ClaimAnswer {
        claims = List.copyOf(claims);
        waiting = List.copyOf(waiting);
        unfit = List.copyOf(unfit);
    }

    /** One attempt that begins. */
    public record Claim(ClaimedTask task, TaskChange change) {}
}
