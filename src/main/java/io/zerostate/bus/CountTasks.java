package io.zerostate.bus;

/** Answered by {@link TasksCounted}. */
public record CountTasks(long tenantId) implements BusMessage {}
