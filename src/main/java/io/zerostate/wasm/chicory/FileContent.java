package io.zerostate.wasm.chicory;

import io.zerostate.wasm.chicory.FileTree.RegularFile;

/** Carries bytes between files and the program's memory. Used by one thread. */
final class FileContent {
    private final LinearMemory memory;
    private final FileTree files;
    private final WorldClock clock;

    FileContent(LinearMemory memory, FileTree files, WorldClock clock) {
        this.memory = memory;
        this.files = files;
        this.clock = clock;
    }

    /** Reads from {@code position} on, and says how many bytes there were. */
    int read(RegularFile file, long position, Vectors vectors) throws ErrnoException {
        requirePosition(position);
        file.accessed = clock.realtimeNanos();
        long at = position;
        for (int i = 0; i < vectors.count() && at < file.size(); i++) {
            int length = (int) Math.min(vectors.length(i), file.size() - at);
            memory.write(vectors.address(i), file.content(), (int) at, length);
            at += length;
        }
        return (int) (at - position);
    }

    /** Writes all of it, or nothing. A gap before {@code position} is filled with zeros. */
    int write(RegularFile file, long position, Vectors vectors) throws ErrnoException {
        requirePosition(position);
        long total = vectors.total();
        if (total > Integer.MAX_VALUE || position > Integer.MAX_VALUE) {
            throw new ErrnoException(Errno.FBIG);
        }
        if (total == 0) {
            return 0;
        }
        if (position + total > file.size()) {
            files.resize(file, position + total);
        }
        file.modified = clock.realtimeNanos();
        file.changed = file.modified;
        byte[] content = file.ownContent();
        int at = (int) position;
        for (int i = 0; i < vectors.count(); i++) {
            memory.copyOut(vectors.address(i), content, at, vectors.length(i));
            at += vectors.length(i);
        }
        return (int) total;
    }

    private static void requirePosition(long position) throws ErrnoException {
        if (position < 0) {
            throw new ErrnoException(Errno.INVAL);
        }
    }
}
