package io.zerostate.wasm.chicory;

import io.zerostate.wasm.chicory.FileTree.Directory;
import io.zerostate.wasm.chicory.FileTree.RegularFile;
import java.io.InputStream;

/** What a descriptor of a program stands for. */
sealed interface Descriptor {
    /** Stdin. */
    record Source(InputStream stream) implements Descriptor {}

    /** Stdout or stderr. */
    record Sink(OutputCapture capture) implements Descriptor {}

    /** @param preopened whether it was there when the program started */
    record OpenDirectory(Directory directory, boolean preopened) implements Descriptor {}

    /** A file with a position in it. */
    final class OpenFile implements Descriptor {
        private static final int APPEND = 1;

        private final RegularFile file;
        private final boolean readable;
        private final boolean writable;
        private int flags;
        private long position;

        /** @param flags those of preview 1: append, and others that make no difference in memory */
        OpenFile(RegularFile file, boolean readable, boolean writable, int flags) {
            this.file = file;
            this.readable = readable;
            this.writable = writable;
            this.flags = flags;
        }

        RegularFile file() {
            return file;
        }

        boolean readable() {
            return readable;
        }

        boolean writable() {
            return writable;
        }

        boolean appends() {
            return (flags & APPEND) != 0;
        }

        int flags() {
            return flags;
        }

        void setFlags(int changed) {
            flags = changed;
        }

        long position() {
            return position;
        }

        void moveTo(long newPosition) {
            position = newPosition;
        }
    }
}
