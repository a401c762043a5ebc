package io.zerostate.wasm;

import io.zerostate.task.Input;
import io.zerostate.task.Limits;

/**
 * What one run is given.
 *
 * @param name becomes {@code argv[0]}
 * @param input stdin, args and the complete environment
 */
public record Invocation(String name, Input input, Limits limits) {}
