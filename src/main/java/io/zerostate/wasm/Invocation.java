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
 * @param files what it finds below its only directory, {@code /}; null when it has no directory at all
 */
public record Invocation(String name, Input input, Limits limits, InputStream stdin, @Nullable FileSet files) {
    /** A run whose stdin is the input's. */
    public Invocation(String name, Input input, Limits limits) {
        this(name, input, limits, new ByteArrayInputStream(input.stdin().array()));
    }

    /** A run without files. */
    public Invocation(String name, Input input, Limits limits, InputStream stdin) {
        this(name, input, limits, stdin, null);
    }

    public Invocation withFiles(FileSet given) {
        return new Invocation(name, input, limits, stdin, given);
    }
}
