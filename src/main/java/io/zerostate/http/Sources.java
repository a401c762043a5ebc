package io.zerostate.http;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Time, ids and chance, which tests may want to choose. All three are called from several threads.
 *
 * @param clock of the node
 * @param ids of new tasks, UUIDv7
 * @param random for trace ids
 */
public record Sources(InstantSource clock, Supplier<UUID> ids, RandomGenerator random) {}
