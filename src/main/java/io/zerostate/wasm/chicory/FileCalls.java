package io.zerostate.wasm.chicory;

import io.zerostate.wasm.chicory.Descriptor.OpenDirectory;
import io.zerostate.wasm.chicory.Descriptor.OpenFile;
import io.zerostate.wasm.chicory.Descriptor.Sink;
import io.zerostate.wasm.chicory.Descriptor.Source;
import io.zerostate.wasm.chicory.FileTree.Directory;
import io.zerostate.wasm.chicory.FileTree.Node;
import io.zerostate.wasm.chicory.FileTree.RegularFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What can be done with a descriptor besides reading and writing. Each method is the function of preview 1 by that name and returns its
 * errno. Used by one thread.
 */
final class FileCalls {
    private static final int FDSTAT_BYTES = 24;
    private static final int PRESTAT_BYTES = 8;
    private static final int ENTRY_BYTES = 24;
    private static final int HIGHEST_ADVICE = 5;
    private static final int DIRECTORY = 3;
    private static final int REGULAR_FILE = 4;
    private static final long RIGHT_FD_READ = 1L << 1;
    private static final long RIGHT_FD_WRITE = 1L << 6;
    private static final long RIGHT_POLL = 1L << 27;
    /** All that there are but those of sockets. */
    private static final long ALL_RIGHTS = (1L << 28) - 1;
    /** The one directory that is open when a program starts. */
    private static final byte[] ROOT = "/".getBytes(StandardCharsets.UTF_8);

    private final LinearMemory memory;
    private final Descriptors descriptors;
    private final FileTree files;
    private final WorldClock clock;

    FileCalls(LinearMemory memory, Descriptors descriptors, FileTree files, WorldClock clock) {
        this.memory = memory;
        this.descriptors = descriptors;
        this.files = files;
        this.clock = clock;
    }

    /** The errno of what nothing here can do: {@code ifOpen} for a descriptor that is open. */
    int refuse(int fd, int ifOpen) throws ErrnoException {
        descriptors.require(fd);
        return ifOpen;
    }

    int close(int fd) {
        return descriptors.close(fd);
    }

    int renumber(int from, int to) {
        return descriptors.renumber(from, to);
    }

    /** Streams look like pipes: of unknown type, not a terminal. */
    int fdstat(int fd, int pointer) throws ErrnoException {
        Descriptor descriptor = descriptors.require(fd);
        memory.requireRange(pointer, FDSTAT_BYTES);
        memory.fill((byte) 0, pointer, pointer + FDSTAT_BYTES);
        switch (descriptor) {
            case Source stdin -> memory.writeLong(pointer + 8, RIGHT_POLL | RIGHT_FD_READ);
            case Sink output -> memory.writeLong(pointer + 8, RIGHT_POLL | RIGHT_FD_WRITE);
            case OpenFile file -> {
                memory.writeByte(pointer, (byte) REGULAR_FILE);
                memory.writeShort(pointer + 2, (short) file.flags());
                long missing = (file.readable() ? 0 : RIGHT_FD_READ) | (file.writable() ? 0 : RIGHT_FD_WRITE);
                memory.writeLong(pointer + 8, ALL_RIGHTS & ~missing);
            }
            case OpenDirectory directory -> {
                memory.writeByte(pointer, (byte) DIRECTORY);
                memory.writeLong(pointer + 8, ALL_RIGHTS);
                memory.writeLong(pointer + 16, ALL_RIGHTS);
            }
        }
        return Errno.SUCCESS;
    }

    /** Blocking or not makes no difference here, and nothing is written anywhere else to be in step with. */
    int setFlags(int fd, int flags) throws ErrnoException {
        if (descriptors.require(fd) instanceof OpenFile file) {
            file.setFlags(flags);
        }
        return Errno.SUCCESS;
    }

    int filestat(int fd, int pointer) throws ErrnoException {
        Descriptor descriptor = descriptors.require(fd);
        switch (descriptor) {
            case OpenFile file -> FileStat.of(file.file()).write(memory, pointer);
            case OpenDirectory directory -> FileStat.of(directory.directory()).write(memory, pointer);
            case Source stdin -> FileStat.STREAM.write(memory, pointer);
            case Sink output -> FileStat.STREAM.write(memory, pointer);
        }
        return Errno.SUCCESS;
    }

    int setSize(int fd, long size) throws ErrnoException {
        RegularFile file = writable(fd, Errno.INVAL);
        if (size < 0) {
            return Errno.INVAL;
        }
        files.resize(file, size);
        modified(file);
        return Errno.SUCCESS;
    }

    int allocate(int fd, long offset, long length) throws ErrnoException {
        RegularFile file = writable(fd, Errno.SPIPE);
        if (offset < 0 || length <= 0 || offset + length < 0) {
            return Errno.INVAL;
        }
        if (offset + length > file.size()) {
            files.resize(file, offset + length);
            modified(file);
        }
        return Errno.SUCCESS;
    }

    private RegularFile writable(int fd, int otherwise) throws ErrnoException {
        return switch (descriptors.require(fd)) {
            case OpenFile file when file.writable() -> file.file();
            case OpenFile file -> throw new ErrnoException(Errno.BADF);
            case OpenDirectory directory -> throw new ErrnoException(Errno.ISDIR);
            case Source stdin -> throw new ErrnoException(otherwise);
            case Sink output -> throw new ErrnoException(otherwise);
        };
    }

    private void modified(RegularFile file) {
        file.modified = clock.realtimeNanos();
        file.changed = file.modified;
    }

    int setTimes(int fd, long accessed, long modified, int flags) throws ErrnoException {
        Node node = switch (descriptors.require(fd)) {
            case OpenFile file -> file.file();
            case OpenDirectory directory -> directory.directory();
            case Source stdin -> throw new ErrnoException(Errno.INVAL);
            case Sink output -> throw new ErrnoException(Errno.INVAL);
        };
        FileStat.setTimes(node, accessed, modified, flags, clock.realtimeNanos());
        return Errno.SUCCESS;
    }

    /** There is nothing to bring to safety. */
    int sync(int fd) throws ErrnoException {
        return switch (descriptors.require(fd)) {
            case OpenFile file -> Errno.SUCCESS;
            case OpenDirectory directory -> Errno.SUCCESS;
            case Source stdin -> Errno.INVAL;
            case Sink output -> Errno.INVAL;
        };
    }

    int advise(int fd, int advice) throws ErrnoException {
        positioned(fd);
        return advice >= 0 && advice <= HIGHEST_ADVICE ? Errno.SUCCESS : Errno.INVAL;
    }

    int seek(int fd, long offset, int whence, int pointer) throws ErrnoException {
        OpenFile file = positioned(fd);
        memory.requireRange(pointer, Long.BYTES);
        long base = switch (whence) {
            case 0 -> 0;
            case 1 -> file.position();
            case 2 -> file.file().size();
            default -> throw new ErrnoException(Errno.INVAL);
        };
        long position = base + offset;
        if (position < 0) {
            return Errno.INVAL;
        }
        file.moveTo(position);
        memory.writeLong(pointer, position);
        return Errno.SUCCESS;
    }

    int tell(int fd, int pointer) throws ErrnoException {
        OpenFile file = positioned(fd);
        memory.requireRange(pointer, Long.BYTES);
        memory.writeLong(pointer, file.position());
        return Errno.SUCCESS;
    }

    private OpenFile positioned(int fd) throws ErrnoException {
        return switch (descriptors.require(fd)) {
            case OpenFile file -> file;
            case OpenDirectory directory -> throw new ErrnoException(Errno.BADF);
            case Source stdin -> throw new ErrnoException(Errno.SPIPE);
            case Sink output -> throw new ErrnoException(Errno.SPIPE);
        };
    }

    int prestat(int fd, int pointer) throws ErrnoException {
        requirePreopened(fd);
        memory.requireRange(pointer, PRESTAT_BYTES);
        memory.writeLong(pointer, (long) ROOT.length << Integer.SIZE);
        return Errno.SUCCESS;
    }

    int prestatName(int fd, int pointer, int length) throws ErrnoException {
        requirePreopened(fd);
        if (Integer.compareUnsigned(length, ROOT.length) < 0) {
            return Errno.NAMETOOLONG;
        }
        memory.requireRange(pointer, ROOT.length);
        memory.write(pointer, ROOT, 0, ROOT.length);
        return Errno.SUCCESS;
    }

    private void requirePreopened(int fd) throws ErrnoException {
        if (!(descriptors.get(fd) instanceof OpenDirectory directory && directory.preopened())) {
            throw new ErrnoException(Errno.BADF);
        }
    }

    /** Fills the buffer with entries, the last one cut when it does not fit: that is how a program learns that there are more. */
    int readDirectory(int fd, int buffer, int length, long cookie, int usedPointer) throws ErrnoException {
        if (!(descriptors.require(fd) instanceof OpenDirectory open)) {
            return Errno.NOTDIR;
        }
        memory.requireRange(buffer, length);
        memory.requireRange(usedPointer, Integer.BYTES);
        if (cookie < 0) {
            return Errno.INVAL;
        }
        Directory directory = open.directory();
        Directory parent = directory.parent();
        EntryBuffer entries = new EntryBuffer(memory, buffer, length);
        if (cookie == 0) {
            entries.add(".", directory, 1);
        }
        if (cookie <= 1) {
            entries.add("..", parent == null ? directory : parent, 2);
        }
        for (Map.Entry<Long, String> entry : directory.names(cookie).entrySet()) {
            if (entries.isFull()) {
                break;
            }
            Node node = directory.get(entry.getValue());
            if (node != null) {
                entries.add(entry.getValue(), node, node.inode + 1);
            }
        }
        memory.writeI32(usedPointer, entries.used());
        return Errno.SUCCESS;
    }

    /** Entries of a directory as preview 1 lays them out. */
    private static final class EntryBuffer {
        private final LinearMemory memory;
        private final int start;
        private final int length;
        private int used;

        EntryBuffer(LinearMemory memory, int start, int length) {
            this.memory = memory;
            this.start = start;
            this.length = length;
        }

        boolean isFull() {
            return used == length;
        }

        int used() {
            return used;
        }

        void add(String name, Node node, long next) {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            byte[] entry = new byte[ENTRY_BYTES + utf8.length];
            LittleEndian.writeLong(entry, 0, next);
            LittleEndian.writeLong(entry, 8, node.inode);
            LittleEndian.writeInt(entry, 16, utf8.length);
            entry[20] = (byte) (node instanceof Directory ? DIRECTORY : REGULAR_FILE);
            System.arraycopy(utf8, 0, entry, ENTRY_BYTES, utf8.length);
            int taken = Math.min(entry.length, length - used);
            memory.write(start + used, entry, 0, taken);
            used += taken;
        }
    }
}
