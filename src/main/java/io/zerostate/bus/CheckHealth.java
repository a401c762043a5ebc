package io.zerostate.bus;

/** Answered by {@link Health} from each part of the node that depends on something outside of it. */
public record CheckHealth() implements BusMessage {}
