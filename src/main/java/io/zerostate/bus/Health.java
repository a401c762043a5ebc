package io.zerostate.bus;

/**
 * Answers {@link CheckHealth}.
 *
 * @param up false when the part cannot do its work now
 * @param detail one line for people: what is wrong, or what was checked
 */
public record Health(boolean up, String detail) implements BusMessage {}
