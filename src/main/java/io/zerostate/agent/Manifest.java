package io.zerostate.agent;

import io.zerostate.task.LimitOverrides;
import java.util.List;

/**
 * What an agent says of itself.
 *
 * @param description for people, may be empty
 * @param capabilities what it can do, free words to search by
 * @param limits what its tasks get unless they ask for something else
 */
public record Manifest(String description, List<String> capabilities, LimitOverrides limits) {
    public static final Manifest EMPTY = new Manifest("", List.of(), LimitOverrides.NONE);

    public Manifest {
        capabilities = List.copyOf(capabilities);
    }
}
