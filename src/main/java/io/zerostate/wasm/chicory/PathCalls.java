package io.zerostate.wasm.chicory;

import io.zerostate.task.FileSet;
import io.zerostate.wasm.chicory.Descriptor.OpenDirectory;
import io.zerostate.wasm.chicory.Descriptor.OpenFile;
import io.zerostate.wasm.chicory.FileTree.Directory;
import io.zerostate.wasm.chicory.FileTree.Node;
import io.zerostate.wasm.chicory.FileTree.RegularFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with a path. Each method is the function of preview 1 by that name and returns its errno. Used by one thread.
 *
 * <p>A path starts at a directory that is open and cannot leave it: not by {@code ..}, not by a leading {@code /}, and there are no links.
 */
final class PathCalls {
    private static final int CREATE = 1;
    private static final int ONLY_DIRECTORY = 2;
    private static final int EXCLUSIVE = 4;
    private static final int TRUNCATE = 8;
    private static final long RIGHT_FD_READ = 1L << 1;
    private static final long RIGHT_FD_WRITE = 1L << 6;

    private final LinearMemory memory;
    private final Descriptors descriptors;
    private final FileTree files;
    private final WorldClock clock;

    PathCalls(LinearMemory memory, Descriptors descriptors, FileTree files, WorldClock clock) {
        this.memory = memory;
        this.descriptors = descriptors;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Where a path leads.
     *
     * @param directory the last one on the way
     * @param name of the entry in it; empty when the path ends with {@code .} or {@code ..}, and leads to the directory itself
     * @param node what is there, null when nothing is
     * @param mustBeDirectory whether the path ends with a slash
     */
    private record Place(Directory directory, String name, @Nullable Node node, boolean mustBeDirectory) {
        Node require() throws ErrnoException {
            if (node == null) {
                throw new ErrnoException(Errno.NOENT);
            }
            return node;
        }

        /** The name, of something that can be taken out of its directory. */
        String requireName() throws ErrnoException {
            if (name.isEmpty()) {
                throw new ErrnoException(Errno.INVAL);
            }
            return name;
        }
    }

    int createDirectory(int fd, int path, int length) throws ErrnoException {
        Place place = resolve(fd, path, length);
        if (place.node() != null) {
            return Errno.EXIST;
        }
        files.createDirectory(place.directory(), place.name(), clock.realtimeNanos());
        touch(place.directory());
        return Errno.SUCCESS;
    }

    int filestat(int fd, int path, int length, int pointer) throws ErrnoException {
        FileStat.of(resolve(fd, path, length).require()).write(memory, pointer);
        return Errno.SUCCESS;
    }

    int setTimes(int fd, int path, int length, long[] times, int flags) throws ErrnoException {
        Node node = resolve(fd, path, length).require();
        FileStat.setTimes(node, times[0], times[1], flags, clock.realtimeNanos());
        return Errno.SUCCESS;
    }

    /** Nothing is a link, so there is none to read. */
    int readLink(int fd, int path, int length) throws ErrnoException {
        resolve(fd, path, length).require();
        return Errno.INVAL;
    }

    int removeDirectory(int fd, int path, int length) throws ErrnoException {
        Place place = resolve(fd, path, length);
        if (!(place.require() instanceof Directory directory)) {
            return Errno.NOTDIR;
        }
        String name = place.requireName();
        if (!directory.isEmpty()) {
            return Errno.NOTEMPTY;
        }
        files.remove(place.directory(), name);
        touch(place.directory());
        return Errno.SUCCESS;
    }

    int unlinkFile(int fd, int path, int length) throws ErrnoException {
        Place place = resolve(fd, path, length);
        if (place.require() instanceof Directory) {
            return Errno.ISDIR;
        }
        files.remove(place.directory(), place.requireName());
        touch(place.directory());
        return Errno.SUCCESS;
    }

    int rename(int[] from, int[] to) throws ErrnoException {
        Place source = resolve(from[0], from[1], from[2]);
        Place target = resolve(to[0], to[1], to[2]);
        Node moved = source.require();
        String name = source.requireName();
        String newName = target.requireName();
        if (moved == target.node()) {
            return Errno.SUCCESS;
        }
        if (moved instanceof Directory directory && target.directory().isInside(directory)) {
            return Errno.INVAL;
        }
        if (target.mustBeDirectory() && moved instanceof RegularFile) {
            return Errno.NOTDIR;
        }
        replace(moved, target.node());
        if (target.node() != null) {
            files.remove(target.directory(), newName);
        }
        files.move(source.directory(), name, target.directory(), newName);
        touch(source.directory());
        touch(target.directory());
        return Errno.SUCCESS;
    }

    private static void replace(Node moved, @Nullable Node replaced) throws ErrnoException {
        if (replaced instanceof Directory directory) {
            if (moved instanceof RegularFile) {
                throw new ErrnoException(Errno.ISDIR);
            }
            if (!directory.isEmpty()) {
                throw new ErrnoException(Errno.NOTEMPTY);
            }
        } else if (replaced != null && moved instanceof Directory) {
            throw new ErrnoException(Errno.NOTDIR);
        }
    }

    /** Links would be ways out of a directory: there are none. */
    int refuseLink(int fd) throws ErrnoException {
        directory(fd);
        return Errno.NOTSUP;
    }

    int open(long[] args) throws ErrnoException {
        int flags = (int) args[4];
        int openedPointer = (int) args[8];
        memory.requireRange(openedPointer, Integer.BYTES);
        Place place = resolve((int) args[0], (int) args[2], (int) args[3]);
        boolean writes = (args[5] & RIGHT_FD_WRITE) != 0;
        Descriptor opened;
        if (place.node() instanceof Directory directory) {
            if ((flags & (CREATE | EXCLUSIVE)) == (CREATE | EXCLUSIVE)) {
                return Errno.EXIST;
            }
            if ((flags & TRUNCATE) != 0 || writes && (flags & ONLY_DIRECTORY) == 0) {
                return Errno.ISDIR;
            }
            opened = new OpenDirectory(directory, false);
        } else {
            boolean reads = (args[5] & RIGHT_FD_READ) != 0;
            opened = new OpenFile(file(place, flags), reads, writes, (int) args[7]);
        }
        memory.writeI32(openedPointer, descriptors.add(opened));
        return Errno.SUCCESS;
    }

    private RegularFile file(Place place, int flags) throws ErrnoException {
        if (place.node() instanceof RegularFile file) {
            if ((flags & (CREATE | EXCLUSIVE)) == (CREATE | EXCLUSIVE)) {
                throw new ErrnoException(Errno.EXIST);
            }
            if ((flags & ONLY_DIRECTORY) != 0 || place.mustBeDirectory()) {
                throw new ErrnoException(Errno.NOTDIR);
            }
            if ((flags & TRUNCATE) != 0) {
                files.resize(file, 0);
            }
            return file;
        }
        if ((flags & CREATE) == 0) {
            throw new ErrnoException(Errno.NOENT);
        }
        if (place.mustBeDirectory() || (flags & ONLY_DIRECTORY) != 0) {
            throw new ErrnoException(place.mustBeDirectory() ? Errno.ISDIR : Errno.INVAL);
        }
        touch(place.directory());
        return files.createFile(place.directory(), place.name(), clock.realtimeNanos());
    }

    private void touch(Directory directory) {
        directory.modified = clock.realtimeNanos();
        directory.changed = directory.modified;
    }

    private Directory directory(int fd) throws ErrnoException {
        if (descriptors.require(fd) instanceof OpenDirectory open) {
            return open.directory();
        }
        throw new ErrnoException(Errno.NOTDIR);
    }

    private Place resolve(int fd, int pointer, int length) throws ErrnoException {
        Directory directory = directory(fd);
        String path = path(pointer, length);
        String[] names = path.split("/+");
        Place place = new Place(directory, "", directory, false);
        int depth = 0;
        for (String name : names) {
            if (!(place.require() instanceof Directory here)) {
                throw new ErrnoException(Errno.NOTDIR);
            }
            if (name.equals("..")) {
                Directory parent = here.parent();
                if (--depth < 0 || parent == null) {
                    throw new ErrnoException(Errno.NOTCAPABLE);
                }
                place = new Place(parent, "", parent, false);
            } else if (name.equals(".")) {
                place = new Place(here, "", here, false);
            } else {
                depth++;
                place = new Place(here, name, here.get(name), path.endsWith("/"));
            }
        }
        if (place.mustBeDirectory() && place.node() instanceof RegularFile) {
            throw new ErrnoException(Errno.NOTDIR);
        }
        return place;
    }

    private String path(int pointer, int length) throws ErrnoException {
        memory.requireRange(pointer, length);
        if (length > FileSet.MAX_PATH_BYTES) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        byte[] utf8 = memory.readBytes(pointer, length);
        String path;
        try {
            path = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new ErrnoException(Errno.ILSEQ);
        }
        if (path.isEmpty()) {
            throw new ErrnoException(Errno.NOENT);
        }
        if (path.startsWith("/")) {
            throw new ErrnoException(Errno.NOTCAPABLE);
        }
        int nameBytes = 0;
        for (byte each : utf8) {
            nameBytes = each == '/' ? 0 : nameBytes + 1;
            if (each == 0) {
                throw new ErrnoException(Errno.INVAL);
            }
            if (nameBytes > FileSet.MAX_NAME_BYTES) {
                throw new ErrnoException(Errno.NAMETOOLONG);
            }
        }
        return path;
    }
}
