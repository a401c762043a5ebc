package io.zerostate.bus;

/**
 * Make it this node's turn to look for what the queue forgot, unless another node's is: one in the cluster is enough. Answered by
 * {@link ReconcileTurnTaken}. To be sent before each round.
 */
public record TakeReconcileTurn() implements BusMessage {}
