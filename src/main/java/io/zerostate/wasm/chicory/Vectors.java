package io.zerostate.wasm.chicory;

/**
 * The buffers of one call, in the program's memory. All of them lie inside, and they stay what they were when the call began: what is read
 * may well be written over the list of them.
 */
final class Vectors {
    /** More in one call than any C library passes (Linux' own IOV_MAX). */
    private static final int MAX = 1024;

    private static final int BYTES = 8;

    private final int[] addresses;
    private final int[] lengths;

    private Vectors(int count) {
        this.addresses = new int[count];
        this.lengths = new int[count];
    }

    /** @param resultPointer where the number of bytes done will go */
    static Vectors read(LinearMemory memory, int pointer, int count, int resultPointer) throws ErrnoException {
        if (count < 0 || count > MAX) {
            throw new ErrnoException(Errno.INVAL);
        }
        if (!memory.contains(pointer, count * BYTES) || !memory.contains(resultPointer, Integer.BYTES)) {
            throw new ErrnoException(Errno.FAULT);
        }
        Vectors vectors = new Vectors(count);
        for (int i = 0; i < count; i++) {
            vectors.addresses[i] = memory.readInt(pointer + i * BYTES);
            vectors.lengths[i] = memory.readInt(pointer + i * BYTES + Integer.BYTES);
            if (!memory.contains(vectors.addresses[i], vectors.lengths[i])) {
                throw new ErrnoException(Errno.FAULT);
            }
        }
        return vectors;
    }

    int count() {
        return lengths.length;
    }

    int address(int index) {
        return addresses[index];
    }

    /** Never negative: no memory has 2 GiB. */
    int length(int index) {
        return lengths[index];
    }

    /** Sum of the lengths. They may overlap, so that it can be more than there is memory. */
    long total() {
        long total = 0;
        for (int length : lengths) {
            total += length;
        }
        return total;
    }
}
