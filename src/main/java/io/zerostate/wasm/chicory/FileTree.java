package io.zerostate.wasm.chicory;

import io.zerostate.task.Bytes;
import io.zerostate.task.FileSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run, in memory: directories and regular files, and no links of any kind, so that no path can lead anywhere else. All
 * that is kept is counted against one quota. Used by one thread.
 */
final class FileTree {
    /** Below it are the cookies of {@code fd_readdir} for the two entries that every directory has. */
    private static final long FIRST_INODE = 16;
    /** What an array can hold. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

    private final long quotaBytes;
    private long usedBytes;
    private long nextInode = FIRST_INODE;
    private final Directory root;

    FileTree(FileSet given, long now) {
        this.quotaBytes = given.quotaBytes();
        this.root = new Directory(nextInode++, now, null);
        // Sorted, since the map's own order differs from one JVM to the next, and what a program lists should not.
        new TreeMap<>(given.files()).forEach((path, content) -> plant(FileSet.names(path), content, now));
    }

    private void plant(List<String> path, Bytes content, long now) {
        Directory directory = root;
        for (String name : path.subList(0, path.size() - 1)) {
            Node next = directory.get(name);
            if (next == null) {
                next = new Directory(nextInode++, now, directory);
                directory.put(name, next);
                usedBytes += FileSet.entryCost(name);
            }
            directory = (Directory) next;
        }
        String name = path.getLast();
        directory.put(name, new RegularFile(nextInode++, now, content.array()));
        usedBytes += FileSet.entryCost(name) + content.length();
    }

    Directory root() {
        return root;
    }

    RegularFile createFile(Directory in, String name, long now) throws ErrnoException {
        reserve(FileSet.entryCost(name));
        RegularFile file = new RegularFile(nextInode++, now, Bytes.EMPTY.array());
        in.put(name, file);
        return file;
    }

    void createDirectory(Directory in, String name, long now) throws ErrnoException {
        reserve(FileSet.entryCost(name));
        in.put(name, new Directory(nextInode++, now, in));
    }

    /** Takes an entry out of its directory. A file that is open keeps its content until it is closed. */
    void remove(Directory from, String name) {
        Node node = from.remove(name);
        usedBytes -= FileSet.entryCost(name);
        if (node instanceof RegularFile file) {
            file.linked = false;
            forgetUnused(file);
        }
    }

    /** Moves an entry to a name that is free. */
    void move(Directory from, String name, Directory to, String newName) throws ErrnoException {
        reserve(FileSet.entryCost(newName) - FileSet.entryCost(name));
        Node node = from.remove(name);
        to.put(newName, node);
        if (node instanceof Directory directory) {
            directory.parent = to;
        }
    }

    void opened(RegularFile file) {
        file.users++;
    }

    void closed(RegularFile file) {
        file.users--;
        forgetUnused(file);
    }

    private void forgetUnused(RegularFile file) {
        if (!file.linked && file.users == 0) {
            usedBytes -= file.size;
            file.size = 0;
            file.content = Bytes.EMPTY.array();
        }
    }

    /** Makes a file longer, with zeros, or shorter. */
    void resize(RegularFile file, long size) throws ErrnoException {
        if (size > MAX_BYTES) {
            throw new ErrnoException(size > quotaBytes ? Errno.NOSPC : Errno.FBIG);
        }
        reserve(size - file.size);
        file.resize((int) size);
    }

    private void reserve(long bytes) throws ErrnoException {
        if (bytes > quotaBytes - usedBytes) {
            throw new ErrnoException(Errno.NOSPC);
        }
        usedBytes += bytes;
    }

    /** What there is at a path. */
    abstract static sealed class Node permits Directory, RegularFile {
        final long inode;
        /** Nanoseconds since 1970, all three. */
        long accessed;

        long modified;
        long changed;

        Node(long inode, long now) {
            this.inode = inode;
            this.accessed = now;
            this.modified = now;
            this.changed = now;
        }
    }

    /** Names and what is there. Listed in the order of inodes, which stays as it is while entries come and go. */
    static final class Directory extends Node {
        private final Map<String, Node> entries = new HashMap<>();
        private final NavigableMap<Long, String> names = new TreeMap<>();
        private @Nullable Directory parent;

        Directory(long inode, long now, @Nullable Directory parent) {
            super(inode, now);
            this.parent = parent;
        }

        /** Null of the root. */
        @Nullable Directory parent() {
            return parent;
        }

        @Nullable Node get(String name) {
            return entries.get(name);
        }

        boolean isEmpty() {
            return entries.isEmpty();
        }

        /** Names from an inode on, by their inodes. */
        NavigableMap<Long, String> names(long fromInode) {
            return names.tailMap(fromInode, true);
        }

        boolean isInside(Directory other) {
            for (Directory each = this; each != null; each = each.parent) {
                if (each == other) {
                    return true;
                }
            }
            return false;
        }

        private void put(String name, Node node) {
            entries.put(name, node);
            names.put(node.inode, name);
        }

        private Node remove(String name) {
            Node node = entries.remove(name);
            if (node == null) {
                throw new IllegalStateException("removed what is not there");
            }
            names.remove(node.inode);
            return node;
        }
    }

    /** Bytes. A file that was given shares its array with the task until it is written. */
    static final class RegularFile extends Node {
        private byte[] content;
        private int size;
        private boolean shared = true;
        private boolean linked = true;
        private int users;

        RegularFile(long inode, long now, byte[] content) {
            super(inode, now);
            this.content = content;
            this.size = content.length;
        }

        int size() {
            return size;
        }

        /** For reading, below the size. */
        byte[] content() {
            return content;
        }

        /** For writing, below the size. */
        byte[] ownContent() {
            if (shared) {
                content = Arrays.copyOf(content, size);
                shared = false;
            }
            return content;
        }

        private void resize(int newSize) {
            if (newSize > content.length || shared) {
                // Half as much again, so that a file written in small pieces is not copied for each.
                long room = newSize > size ? Math.max(newSize, size + size / 2L) : newSize;
                content = Arrays.copyOf(content, (int) Math.min(room, MAX_BYTES));
                shared = false;
            } else if (newSize < size) {
                // What comes back when it grows again must be zeros.
                Arrays.fill(content, newSize, size, (byte) 0);
            }
            size = newSize;
        }
    }
}
