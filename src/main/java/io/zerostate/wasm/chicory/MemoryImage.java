package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.Memory;
import java.util.Arrays;

/** What a module's memory starts with. Shared by all its runs, so no page of it is ever written. */
final class MemoryImage {
    /** Stands for every page that nobody has written. */
    static final byte[] ZERO_PAGE = new byte[Memory.PAGE_SIZE];

    private final byte[][] pages;

    /** Takes ownership of the pages. */
    MemoryImage(byte[][] pages) {
        this.pages = pages;
    }

    static MemoryImage ofZeros(int pages) {
        byte[][] zeros = new byte[pages][];
        Arrays.fill(zeros, ZERO_PAGE);
        return new MemoryImage(zeros);
    }

    int pages() {
        return pages.length;
    }

    void copyTo(byte[][] target) {
        System.arraycopy(pages, 0, target, 0, pages.length);
    }

    /** Heap that the image itself costs. */
    long heapBytes() {
        long own = 0;
        for (byte[] page : pages) {
            own += page == ZERO_PAGE ? 0 : Memory.PAGE_SIZE;
        }
        return own;
    }
}
