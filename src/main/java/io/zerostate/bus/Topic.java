package io.zerostate.bus;

/**
 * An address that takes messages without a reply: a hint to one receiver, or news to all of them.
 *
 * @param body the only message that travels there
 */
public record Topic<M extends BusMessage>(String name, Class<M> body, Scope scope) {}
