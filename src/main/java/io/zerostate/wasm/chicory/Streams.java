package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors of a program: stdin, stdout and stderr, until it closes them, and nothing else. Each method is the function of
 * preview 1 by that name and returns its errno. Used by one thread.
 */
final class Streams {
    /** More vectors in one call than any C library passes (Linux' own IOV_MAX). */
    private static final int MAX_VECTORS = 1024;
    private static final int VECTOR_BYTES = 8;
    private static final int MAX_BUFFER_BYTES = 64 * 1024;
    private static final int FDSTAT_BYTES = 24;
    private static final int FILESTAT_BYTES = 64;
    private static final long RIGHT_FD_READ = 1L << 1;
    private static final long RIGHT_FD_WRITE = 1L << 6;
    private static final long RIGHT_POLL = 1L << 27;

    /** One open stream: the program reads it when {@code sink} is null. */
    private record Stream(@Nullable OutputCapture sink) {}

    private final LinearMemory memory;
    private final InputStream input;
    private final @Nullable Stream[] open;
    private byte[] buffer = {};

    Streams(LinearMemory memory, InputStream stdin, OutputCapture stdout, OutputCapture stderr) {
        this.memory = memory;
        this.input = stdin;
        this.open = new Stream[] {new Stream(null), new Stream(stdout), new Stream(stderr)};
    }

    private @Nullable Stream stream(int fd) {
        return fd >= 0 && fd < open.length ? open[fd] : null;
    }

    boolean isOpen(int fd) {
        return stream(fd) != null;
    }

    boolean isReadable(int fd) {
        Stream stream = stream(fd);
        return stream != null && stream.sink() == null;
    }

    /** Bytes of stdin that can be read without waiting, as far as is known. */
    int available() {
        try {
            return input.available();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The errno of everything that no stream can do: {@code ifOpen} for a descriptor that is open. */
    int refuse(int fd, int ifOpen) {
        return isOpen(fd) ? ifOpen : Errno.BADF;
    }

    int read(int fd, int vectors, int count, int readPointer) {
        if (!isReadable(fd)) {
            return Errno.BADF;
        }
        int errno = checkVectors(vectors, count, readPointer);
        if (errno != Errno.SUCCESS) {
            return errno;
        }
        try {
            memory.writeI32(readPointer, readInto(vectors, count));
            return Errno.SUCCESS;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ChicoryInterruptedException("interrupted in fd_read");
            }
            return Errno.IO;
        }
    }

    /** Fills vectors with what one read gives, and with more as long as there is more at once. */
    private int readInto(int vectors, int count) throws IOException {
        int total = 0;
        for (int i = 0; i < count; i++) {
            int vector = vectors + i * VECTOR_BYTES;
            int address = memory.readInt(vector);
            long wanted = Integer.toUnsignedLong(memory.readInt(vector + 4));
            while (wanted > 0) {
                if (total > 0 && input.available() == 0) {
                    return total;
                }
                int read = input.read(buffer(wanted), 0, (int) Math.min(wanted, buffer.length));
                if (read <= 0) {
                    return total;
                }
                memory.write(address, buffer, 0, read);
                address += read;
                wanted -= read;
                total += read;
            }
        }
        return total;
    }

    private byte[] buffer(long wanted) {
        if (buffer.length < Math.min(wanted, MAX_BUFFER_BYTES)) {
            buffer = new byte[(int) Math.min(wanted, MAX_BUFFER_BYTES)];
        }
        return buffer;
    }

    int write(int fd, int vectors, int count, int writtenPointer) {
        Stream stream = stream(fd);
        if (stream == null || stream.sink() == null) {
            return Errno.BADF;
        }
        int errno = checkVectors(vectors, count, writtenPointer);
        if (errno != Errno.SUCCESS) {
            return errno;
        }
        long written = 0;
        for (int i = 0; i < count; i++) {
            int vector = vectors + i * VECTOR_BYTES;
            int length = memory.readInt(vector + 4);
            stream.sink().write(memory, memory.readInt(vector), length);
            written += length;
        }
        memory.writeI32(writtenPointer, (int) written);
        return Errno.SUCCESS;
    }

    private int checkVectors(int vectors, int count, int resultPointer) {
        if (count < 0 || count > MAX_VECTORS) {
            return Errno.INVAL;
        }
        if (!memory.contains(vectors, count * VECTOR_BYTES) || !memory.contains(resultPointer, Integer.BYTES)) {
            return Errno.FAULT;
        }
        for (int i = 0; i < count; i++) {
            int vector = vectors + i * VECTOR_BYTES;
            if (!memory.contains(memory.readInt(vector), memory.readInt(vector + 4))) {
                return Errno.FAULT;
            }
        }
        return Errno.SUCCESS;
    }

    int close(int fd) {
        if (!isOpen(fd)) {
            return Errno.BADF;
        }
        open[fd] = null;
        return Errno.SUCCESS;
    }

    int renumber(int from, int to) {
        if (!isOpen(from) || !isOpen(to)) {
            return Errno.BADF;
        }
        if (from != to) {
            open[to] = open[from];
            open[from] = null;
        }
        return Errno.SUCCESS;
    }

    /** A pipe as far as programs can tell: of unknown type, not a terminal. */
    int fdstat(int fd, int pointer) {
        if (!isOpen(fd)) {
            return Errno.BADF;
        }
        if (!memory.contains(pointer, FDSTAT_BYTES)) {
            return Errno.FAULT;
        }
        memory.fill((byte) 0, pointer, pointer + FDSTAT_BYTES);
        memory.writeLong(pointer + 8, RIGHT_POLL | (isReadable(fd) ? RIGHT_FD_READ : RIGHT_FD_WRITE));
        return Errno.SUCCESS;
    }

    int filestat(int fd, int pointer) {
        if (!isOpen(fd)) {
            return Errno.BADF;
        }
        if (!memory.contains(pointer, FILESTAT_BYTES)) {
            return Errno.FAULT;
        }
        memory.fill((byte) 0, pointer, pointer + FILESTAT_BYTES);
        memory.writeLong(pointer + 24, 1);
        return Errno.SUCCESS;
    }
}
