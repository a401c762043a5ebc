package io.zerostate.wasm.chicory;

import io.zerostate.wasm.chicory.FileTree.Directory;
import io.zerostate.wasm.chicory.FileTree.Node;
import io.zerostate.wasm.chicory.FileTree.RegularFile;

/**
 * What a program can learn of a file.
 *
 * @param type 3 a directory, 4 a regular file; 0 for streams, which are of no type that preview 1 has
 * @param accessed nanoseconds since 1970, as the other two
 */
record FileStat(long inode, int type, long size, long accessed, long modified, long changed) {
    static final FileStat STREAM = new FileStat(0, 0, 0, 0, 0, 0);

    private static final int BYTES = 64;
    private static final int SET_ACCESSED = 1;
    private static final int SET_ACCESSED_NOW = 2;
    private static final int SET_MODIFIED = 4;
    private static final int SET_MODIFIED_NOW = 8;

    static FileStat of(Node node) {
        return switch (node) {
            case Directory directory ->
                new FileStat(node.inode, 3, 0, node.accessed, node.modified, node.changed);
            case RegularFile file ->
                new FileStat(node.inode, 4, file.size(), node.accessed, node.modified, node.changed);
        };
    }

    void write(LinearMemory memory, int pointer) throws ErrnoException {
        memory.requireRange(pointer, BYTES);
        memory.fill((byte) 0, pointer, pointer + BYTES);
        memory.writeLong(pointer + 8, inode);
        memory.writeByte(pointer + 16, (byte) type);
        memory.writeLong(pointer + 24, 1);
        memory.writeLong(pointer + 32, size);
        memory.writeLong(pointer + 40, accessed);
        memory.writeLong(pointer + 48, modified);
        memory.writeLong(pointer + 56, changed);
    }

    static void setTimes(Node node, long accessed, long modified, int flags, long now) throws ErrnoException {
        boolean contradicts = (flags & (SET_ACCESSED | SET_ACCESSED_NOW)) == (SET_ACCESSED | SET_ACCESSED_NOW)
                || (flags & (SET_MODIFIED | SET_MODIFIED_NOW)) == (SET_MODIFIED | SET_MODIFIED_NOW);
        if (contradicts || flags < 0 || flags > 15) {
            throw new ErrnoException(Errno.INVAL);
        }
        if ((flags & (SET_ACCESSED | SET_ACCESSED_NOW)) != 0) {
            node.accessed = (flags & SET_ACCESSED) != 0 ? accessed : now;
        }
        if ((flags & (SET_MODIFIED | SET_MODIFIED_NOW)) != 0) {
            node.modified = (flags & SET_MODIFIED) != 0 ? modified : now;
        }
        node.changed = now;
    }
}
