package io.zerostate.bus;

/**
 * A worker is ready for its first task.
 *
 * @param slot number of the worker on its node, from 0
 * @param address its own address, for {@link ExecuteTask}
 */
public record WorkerIdle(int slot, String address) implements BusMessage {}
