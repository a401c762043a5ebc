package io.zerostate.bus;

/**
 * Answers {@link TakeReconcileTurn}.
 *
 * @param ours true when it is this node's turn, from now until it stops or loses PostgreSQL
 */
public record ReconcileTurnTaken(boolean ours) implements BusMessage {}
