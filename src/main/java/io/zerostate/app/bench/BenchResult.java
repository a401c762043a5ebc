package io.zerostate.app.bench;

import java.util.Map;

/**
 * What a load showed.
 *
 * @param sent tasks that the node was asked to run
 * @param accepted of those
 * @param completed of those
 * @param unseen ended, but nobody saw when: in neither latencies nor throughput
 * @param lost accepted, and had not ended when none had ended for long
 * @param refused how many were not accepted, by kind
 * @param failed how many ended otherwise than completed, by kind
 * @param refusal of the first that was not accepted, for people; empty when there was none
 */
public record BenchResult(
        long sent,
        long accepted,
        long completed,
        long unseen,
        long lost,
        Map<String, Long> refused,
        Map<String, Long> failed,
        String refusal,
        Rates rates,
        Map<Stage, LatencySummary> latencies) {

    /**
     * Tasks per second, since the load began.
     *
     * @param submitted accepted ones, until the last of them was answered
     * @param ended until the last was seen to end
     */
    public record Rates(double submitted, double ended) {}
}
