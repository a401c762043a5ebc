package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import io.zerostate.wasm.chicory.Descriptor.OpenDirectory;
import io.zerostate.wasm.chicory.Descriptor.OpenFile;
import io.zerostate.wasm.chicory.Descriptor.Sink;
import io.zerostate.wasm.chicory.Descriptor.Source;
import java.io.IOException;
import java.io.InputStream;

/** Reading and writing. Each method is the function of preview 1 by that name and returns its errno. Used by one thread. */
final class Streams {
    private static final int MAX_BUFFER_BYTES = 64 * 1024;

    private final LinearMemory memory;
    private final Descriptors descriptors;
    private final FileContent content;
    private byte[] buffer = {};

    Streams(LinearMemory memory, Descriptors descriptors, FileContent content) {
        this.memory = memory;
        this.descriptors = descriptors;
        this.content = content;
    }

    int read(int fd, int vectors, int count, int readPointer) throws ErrnoException {
        Descriptor from = readable(fd);
        Vectors into = Vectors.read(memory, vectors, count, readPointer);
        int read;
        if (from instanceof OpenFile file) {
            read = content.read(file.file(), file.position(), into);
            file.moveTo(file.position() + read);
        } else {
            read = readStream(((Source) from).stream(), into);
        }
        memory.writeI32(readPointer, read);
        return Errno.SUCCESS;
    }

    int readAt(int fd, int vectors, int count, long position, int readPointer) throws ErrnoException {
        OpenFile file = positioned(readable(fd));
        Vectors into = Vectors.read(memory, vectors, count, readPointer);
        memory.writeI32(readPointer, content.read(file.file(), position, into));
        return Errno.SUCCESS;
    }

    int write(int fd, int vectors, int count, int writtenPointer) throws ErrnoException {
        Descriptor to = writable(fd);
        Vectors from = Vectors.read(memory, vectors, count, writtenPointer);
        int written;
        if (to instanceof OpenFile file) {
            long position = file.appends() ? file.file().size() : file.position();
            written = content.write(file.file(), position, from);
            file.moveTo(position + written);
        } else {
            written = writeStream(((Sink) to).capture(), from);
        }
        memory.writeI32(writtenPointer, written);
        return Errno.SUCCESS;
    }

    int writeAt(int fd, int vectors, int count, long position, int writtenPointer) throws ErrnoException {
        OpenFile file = positioned(writable(fd));
        Vectors from = Vectors.read(memory, vectors, count, writtenPointer);
        memory.writeI32(writtenPointer, content.write(file.file(), position, from));
        return Errno.SUCCESS;
    }

    private Descriptor readable(int fd) throws ErrnoException {
        return switch (descriptors.require(fd)) {
            case Source stdin -> stdin;
            case OpenFile file when file.readable() -> file;
            case OpenDirectory directory -> throw new ErrnoException(Errno.ISDIR);
            case OpenFile file -> throw new ErrnoException(Errno.BADF);
            case Sink sink -> throw new ErrnoException(Errno.BADF);
        };
    }

    private Descriptor writable(int fd) throws ErrnoException {
        return switch (descriptors.require(fd)) {
            case Sink output -> output;
            case OpenFile file when file.writable() -> file;
            case OpenDirectory directory -> throw new ErrnoException(Errno.ISDIR);
            case OpenFile file -> throw new ErrnoException(Errno.BADF);
            case Source stdin -> throw new ErrnoException(Errno.BADF);
        };
    }

    private static OpenFile positioned(Descriptor descriptor) throws ErrnoException {
        if (descriptor instanceof OpenFile file) {
            return file;
        }
        throw new ErrnoException(Errno.SPIPE);
    }

    private int readStream(InputStream stream, Vectors into) throws ErrnoException {
        try {
            return fill(stream, into);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ChicoryInterruptedException("interrupted in fd_read");
            }
            throw new ErrnoException(Errno.IO);
        }
    }

    /** Fills vectors with what one read gives, and with more as long as there is more at once. */
    private int fill(InputStream stream, Vectors into) throws IOException {
        int total = 0;
        for (int i = 0; i < into.count(); i++) {
            int address = into.address(i);
            int wanted = into.length(i);
            while (wanted > 0) {
                if (total > 0 && stream.available() == 0) {
                    return total;
                }
                int read = stream.read(buffer(wanted), 0, Math.min(wanted, buffer.length));
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

    private byte[] buffer(int wanted) {
        if (buffer.length < Math.min(wanted, MAX_BUFFER_BYTES)) {
            buffer = new byte[Math.min(wanted, MAX_BUFFER_BYTES)];
        }
        return buffer;
    }

    private int writeStream(OutputCapture capture, Vectors from) {
        for (int i = 0; i < from.count(); i++) {
            capture.write(memory, from.address(i), from.length(i));
        }
        // Vectors may overlap, but no limit of output lets as much through as would not fit.
        return (int) from.total();
    }
}
