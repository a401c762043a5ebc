package io.zerostate.bus;

/**
 * Run this attempt. Sent to one idle worker's own address; answered by {@link AttemptRan} when the attempt has ended.
 */
public record ExecuteTask(ClaimedTask task) implements BusMessage {}
