package io.zerostate.queue;

/**
 * One worker of this node.
 *
 * @param slot its number, from 0
 * @param address where it takes its tasks
 */
record Worker(int slot, String address) {}
