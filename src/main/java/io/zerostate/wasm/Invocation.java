package io.zerostate.wasm;

import io.zerostate.task.FileSet;
import io.zerostate.task.Input;
import io.zerostate.task.Limits;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What one run is given.
 *
 * @param name becomes {@code argv[0]}
 * @param input args and the complete environment
 * @param stdin what the program reads, asked only when it reads; a read may block, and ends with an {@code IOException} when the
 *     thread is interrupted
 * @param hostCalls how many functions of preview 1 it may call; one more ends the run as a trap
 * @param files what it finds below its only directory, {@code /}; null when it has no directory at all
 */
public record Invocation(
        String name, Input input, Limits limits, InputStream stdin, long hostCalls, @Nullable FileSet files) {
    /**
     * Used where nobody says otherwise. A program that writes 16 MiB byte by byte makes 17 million calls; one that does nothing but call
     * makes this many in a few seconds.
     */
    public static final long DEFAULT_HOST_CALLS = 100_000_000;

    /** A run whose stdin is the input's. */
    public Invocation(String name, Input input, Limits limits) {
        this(name, input, limits, new ByteArrayInputStream(input.stdin().array()));
    }

    /** A run without files. */
    public Invocation(String name, Input input, Limits limits, InputStream stdin) {
        this(name, input, limits, stdin, DEFAULT_HOST_CALLS, null);
    }

    public Invocation withHostCalls(long calls) {
        return new Invocation(name, input, limits, stdin, calls, files);
    }

    public Invocation withFiles(FileSet given) {
        return new Invocation(name, input, limits, stdin, hostCalls, given);
    }
}
