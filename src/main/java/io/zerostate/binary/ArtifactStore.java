package io.zerostate.binary;

import io.vertx.core.Future;
import io.zerostate.task.Bytes;
import io.zerostate.task.RefusedException;

/**
 * Keeps by name what can be made again from modules, so that one node of a cluster makes it for all. Whoever reads it has to find out
 * by itself whether to trust it. Safe from any thread; no call blocks the caller. Answers on the caller's context.
 */
public interface ArtifactStore {
    /** Longest content, in bytes. */
    int MAX_BYTES = 50 * 1024 * 1024;

    /**
     * Stores the content under a name, in the place of what was there.
     *
     * @param name of letters, digits, dots and hyphens
     */
    Future<Void> put(String name, Bytes content);

    /**
     * What is stored under the name.
     *
     * @return fails with {@link MissingBinaryException} when there is nothing, and {@link RefusedException} {@code UNAVAILABLE} when it
     *     cannot be read for now
     */
    Future<Bytes> get(String name);
}
