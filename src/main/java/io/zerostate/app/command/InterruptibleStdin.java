package io.zerostate.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * Another stream, read only once somebody asks for its first byte, and on a thread of its own: a read from a terminal or a pipe
 * cannot be interrupted, but waiting for it can. For use by one thread.
 */
final class InterruptibleStdin extends InputStream {
    private static final int CHUNK_BYTES = 64 * 1024;

    private static final byte[] END = {};

    private final InputStream source;
    private final BlockingQueue<byte[]> chunks = new SynchronousQueue<>();
    private @Nullable Thread reader;
    private byte[] chunk = {};
    private int position;
    private boolean ended;

    InterruptibleStdin(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    /** What is here already; a reader that asks only for that never waits. */
    @Override
    public int available() {
        return chunk.length - position;
    }

    private boolean fill() throws IOException {
        if (position < chunk.length) {
            return true;
        }
        if (ended) {
            return false;
        }
        if (reader == null) {
            reader = Thread.ofPlatform().daemon().name("zerostate-stdin").start(this::pump);
        }
        try {
            chunk = chunks.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for input");
        }
        position = 0;
        ended = chunk.length == 0;
        return !ended;
    }

    /** An input that breaks off has ended, as far as the program can tell. */
    private void pump() {
        byte[] buffer = new byte[CHUNK_BYTES];
        try {
            for (int count = next(buffer); count > 0; count = next(buffer)) {
                chunks.put(Arrays.copyOf(buffer, count));
            }
            chunks.put(END);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private int next(byte[] buffer) {
        try {
            return source.read(buffer);
        } catch (IOException broken) {
            return -1;
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.interrupt();
        }
    }
}
