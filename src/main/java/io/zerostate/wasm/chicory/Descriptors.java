package io.zerostate.wasm.chicory;

import io.zerostate.wasm.chicory.Descriptor.OpenFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors of a program: stdin, stdout and stderr, until it closes them, and with files the root at 3 and what it opens. Used by
 * one thread.
 */
final class Descriptors {
    private static final int MAX_OPEN = 1024;

    private final List<@Nullable Descriptor> open = new ArrayList<>();
    private final FileTree files;

    /** @param present what the program starts with, from 0 on */
    Descriptors(FileTree files, Descriptor... present) {
        this.files = files;
        open.addAll(List.of(present));
    }

    /** Null when there is none. */
    @Nullable Descriptor get(int fd) {
        return fd >= 0 && fd < open.size() ? open.get(fd) : null;
    }

    Descriptor require(int fd) throws ErrnoException {
        Descriptor descriptor = get(fd);
        if (descriptor == null) {
            throw new ErrnoException(Errno.BADF);
        }
        return descriptor;
    }

    /** Opens under the lowest number that is free. */
    int add(Descriptor descriptor) throws ErrnoException {
        int fd = open.indexOf(null);
        if (fd < 0) {
            if (open.size() >= MAX_OPEN) {
                throw new ErrnoException(Errno.MFILE);
            }
            fd = open.size();
            open.add(null);
        }
        open.set(fd, descriptor);
        if (descriptor instanceof OpenFile file) {
            files.opened(file.file());
        }
        return fd;
    }

    int close(int fd) {
        Descriptor descriptor = get(fd);
        if (descriptor == null) {
            return Errno.BADF;
        }
        open.set(fd, null);
        if (descriptor instanceof OpenFile file) {
            files.closed(file.file());
        }
        return Errno.SUCCESS;
    }

    int renumber(int from, int to) {
        Descriptor moved = get(from);
        if (moved == null || get(to) == null) {
            return Errno.BADF;
        }
        if (from != to) {
            close(to);
            open.set(to, moved);
            open.set(from, null);
        }
        return Errno.SUCCESS;
    }
}
