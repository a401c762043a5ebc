package io.zerostate.binary;

import io.vertx.core.Future;
import io.zerostate.agent.BinaryRef;
import io.zerostate.task.Bytes;
import io.zerostate.task.RefusedException;
import java.nio.file.Path;

/**
 * Keeps modules by the digest of their content. Safe from any thread; no call blocks the caller: hashing and file or network work
 * happen on a pool of the adapter's own. Answers on the caller's context.
 */
public interface BinaryStore {
    /**
     * Stores the content of {@code file}. Storing the same content again changes nothing. The file is left where it is.
     *
     * @return the address; done when the content is durable. Fails with {@link java.io.IOException} when the file cannot be read
     */
    Future<BinaryRef> put(Path file);

    /**
     * The content at {@code sha256}, after its digest was checked.
     *
     * @return fails with {@link MissingBinaryException} when there is none, {@link CorruptBinaryException} when what is stored is
     *     something else, and {@link RefusedException} {@code UNAVAILABLE}, with a reason for people that names the store, when it
     *     cannot be read for now
     */
    Future<Bytes> get(String sha256);

    /** Removes the content, if it is there. */
    Future<Void> delete(String sha256);

    /** Succeeds when the store can be read and written now; fails as {@link #get} does when it cannot be read. */
    Future<Void> check();
}
