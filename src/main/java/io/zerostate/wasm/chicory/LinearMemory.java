package io.zerostate.wasm.chicory;

import static com.dylibso.chicory.runtime.ConstantEvaluators.computeConstantValue;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The linear memory of one run: pages that are copied on their first write. All runs of a module start from the same
 * {@link MemoryImage}, so that a run costs what it touches and not what the module declares, and growing costs nothing until the
 * new pages are written. Pages are 64 KiB arrays, so a large memory needs no large run of free heap.
 *
 * <p>Used by one thread.
 */
final class LinearMemory extends UnsharedMemory {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private static final int SHIFT = 16;
    private static final int MASK = PAGE_SIZE - 1;

    // Below the current size every entry of readable is a page; writable has those of them that are this run's own.
    private final byte[][] readable;
    private final byte[][] writable;
    private final int declaredPages;
    private int pages;
    private boolean refused;
    private DataSegment[] segments = {};

    /**
     * @param image what the memory starts with, not above either maximum
     * @param declaredPages the module's own maximum, in pages
     * @param limitPages the run's limit, in pages
     */
    LinearMemory(MemoryImage image, int declaredPages, int limitPages) {
        this.readable = new byte[limitPages][];
        this.writable = new byte[limitPages][];
        this.declaredPages = declaredPages;
        this.pages = image.pages();
        image.copyTo(readable);
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** True when the run was refused memory because of its limit, not of the module's own maximum. */
    boolean refused() {
        return refused;
    }

    /** Current size in bytes. Memory never shrinks, so this is also its peak. */
    long sizeBytes() {
        return (long) pages * PAGE_SIZE;
    }

    /** Whether all of these bytes are there; address and length are unsigned. */
    boolean contains(int address, int length) {
        return Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) <= sizeBytes();
    }

    /** Throws unless all of these bytes are there. */
    void requireRange(int address, int length) throws ErrnoException {
        if (!contains(address, length)) {
            throw new ErrnoException(Errno.FAULT);
        }
    }

    /** The pages as they are now. This memory must not be used any more. */
    MemoryImage toImage() {
        return new MemoryImage(Arrays.copyOf(readable, pages));
    }

    /** Copies out, without a detour. The bytes must be there. */
    void copyOut(int address, byte[] target, int offset, int length) {
        int from = address;
        int to = offset;
        for (int left = length; left > 0; ) {
            int chunk = Math.min(left, PAGE_SIZE - (from & MASK));
            System.arraycopy(readable[from >>> SHIFT], from & MASK, target, to, chunk);
            from += chunk;
            to += chunk;
            left -= chunk;
        }
    }

    @Override
    public int pages() {
        return pages;
    }

    @Override
    public int grow(int size) {
        int before = pages;
        // A count beyond 2^31 pages arrives here as a negative one.
        if (size < 0 || (long) before + size > readable.length) {
            refused = refused || size < 0 || (long) before + size <= declaredPages;
            return -1;
        }
        if ((long) before + size > declaredPages) {
            return -1;
        }
        for (int i = before; i < before + size; i++) {
            readable[i] = MemoryImage.ZERO_PAGE;
        }
        pages = before + size;
        return before;
    }

    @Override
    public int initialPages() {
        return pages;
    }

    @Override
    public int maximumPages() {
        return Math.min(declaredPages, readable.length);
    }

    private byte[] readablePage(int address, int size) {
        int index = address >>> SHIFT;
        byte[] page = index < readable.length ? readable[index] : null;
        if (page == null) {
            throw outOfBounds(address, size);
        }
        return page;
    }

    private byte[] writablePage(int address, int size) {
        int index = address >>> SHIFT;
        byte[] page = index < writable.length ? writable[index] : null;
        return page == null ? copied(address, size) : page;
    }

    private byte[] copied(int address, int size) {
        byte[] page = readablePage(address, size).clone();
        readable[address >>> SHIFT] = page;
        writable[address >>> SHIFT] = page;
        return page;
    }

    private WasmRuntimeException outOfBounds(int address, long size) {
        return new WasmRuntimeException("out of bounds memory access: " + size + " bytes at address "
                + Integer.toUnsignedLong(address) + " of " + sizeBytes());
    }

    private void check(int address, int size) {
        if (address < 0 || size < 0 || (long) address + size > sizeBytes()) {
            throw outOfBounds(address, Integer.toUnsignedLong(size));
        }
    }

    @Override
    public byte read(int address) {
        return readablePage(address, 1)[address & MASK];
    }

    @Override
    public void writeByte(int address, byte value) {
        writablePage(address, 1)[address & MASK] = value;
    }

    @Override
    public short readShort(int address) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Short.BYTES) {
            return (short) readAcross(address, Short.BYTES);
        }
        return (short) SHORT.get(readablePage(address, Short.BYTES), offset);
    }

    @Override
    public void writeShort(int address, short value) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Short.BYTES) {
            writeAcross(address, Short.BYTES, value);
        } else {
            SHORT.set(writablePage(address, Short.BYTES), offset, value);
        }
    }

    @Override
    public int readInt(int address) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Integer.BYTES) {
            return (int) readAcross(address, Integer.BYTES);
        }
        return (int) INT.get(readablePage(address, Integer.BYTES), offset);
    }

    @Override
    public void writeI32(int address, int value) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Integer.BYTES) {
            writeAcross(address, Integer.BYTES, value);
        } else {
            INT.set(writablePage(address, Integer.BYTES), offset, value);
        }
    }

    @Override
    public long readLong(int address) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Long.BYTES) {
            return readAcross(address, Long.BYTES);
        }
        return (long) LONG.get(readablePage(address, Long.BYTES), offset);
    }

    @Override
    public void writeLong(int address, long value) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Long.BYTES) {
            writeAcross(address, Long.BYTES, value);
        } else {
            LONG.set(writablePage(address, Long.BYTES), offset, value);
        }
    }

    @Override
    public float readFloat(int address) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Float.BYTES) {
            return Float.intBitsToFloat(readInt(address));
        }
        return (float) FLOAT.get(readablePage(address, Float.BYTES), offset);
    }

    @Override
    public void writeF32(int address, float value) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Float.BYTES) {
            writeI32(address, Float.floatToRawIntBits(value));
        } else {
            FLOAT.set(writablePage(address, Float.BYTES), offset, value);
        }
    }

    @Override
    public double readDouble(int address) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Double.BYTES) {
            return Double.longBitsToDouble(readLong(address));
        }
        return (double) DOUBLE.get(readablePage(address, Double.BYTES), offset);
    }

    @Override
    public void writeF64(int address, double value) {
        int offset = address & MASK;
        if (offset > PAGE_SIZE - Double.BYTES) {
            writeLong(address, Double.doubleToRawLongBits(value));
        } else {
            DOUBLE.set(writablePage(address, Double.BYTES), offset, value);
        }
    }

    // Rare: a value that lies across two pages, byte by byte.
    private long readAcross(int address, int size) {
        check(address, size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | read(address + i) & 0xff;
        }
        return value;
    }

    private void writeAcross(int address, int size, long value) {
        check(address, size);
        for (int i = 0; i < size; i++) {
            writeByte(address + i, (byte) (value >>> 8 * i));
        }
    }

    @Override
    public byte[] readBytes(int address, int length) {
        check(address, length);
        byte[] bytes = new byte[length];
        copyOut(address, bytes, 0, length);
        return bytes;
    }

    @Override
    public void write(int address, byte[] data, int offset, int size) {
        check(address, size);
        if (offset < 0 || (long) offset + size > data.length) {
            throw new WasmRuntimeException("out of bounds memory access: " + Integer.toUnsignedLong(size)
                    + " bytes at offset " + Integer.toUnsignedLong(offset) + " of a segment of " + data.length);
        }
        int to = address;
        int from = offset;
        for (int left = size; left > 0; ) {
            int chunk = Math.min(left, PAGE_SIZE - (to & MASK));
            System.arraycopy(data, from, writablePage(to, chunk), to & MASK, chunk);
            to += chunk;
            from += chunk;
            left -= chunk;
        }
    }

    @Override
    public void fill(byte value, int from, int to) {
        int size = to - from;
        check(from, size);
        int at = from;
        for (int left = size; left > 0; ) {
            int chunk = Math.min(left, PAGE_SIZE - (at & MASK));
            if (value == 0 && readable[at >>> SHIFT] == MemoryImage.ZERO_PAGE) {
                at += chunk;
                left -= chunk;
                continue;
            }
            Arrays.fill(writablePage(at, chunk), at & MASK, (at & MASK) + chunk, value);
            at += chunk;
            left -= chunk;
        }
    }

    @Override
    public void copy(int target, int source, int size) {
        check(target, size);
        check(source, size);
        if (target > source && target < source + size) {
            copyBackward(target, source, size);
        } else {
            copyForward(target, source, size);
        }
    }

    private void copyForward(int target, int source, int size) {
        int to = target;
        int from = source;
        for (int left = size; left > 0; ) {
            int chunk = Math.min(left, PAGE_SIZE - Math.max(to & MASK, from & MASK));
            copyWithinPages(to, from, chunk);
            to += chunk;
            from += chunk;
            left -= chunk;
        }
    }

    private void copyBackward(int target, int source, int size) {
        int to = target + size;
        int from = source + size;
        for (int left = size; left > 0; ) {
            // How much of the page lies before each end; an end on a border has a whole page before it.
            int chunk = Math.min(left, Math.min((to - 1 & MASK) + 1, (from - 1 & MASK) + 1));
            to -= chunk;
            from -= chunk;
            left -= chunk;
            copyWithinPages(to, from, chunk);
        }
    }

    private void copyWithinPages(int to, int from, int size) {
        // The target first: when both are in one page, its copy is what must be read.
        byte[] target = writablePage(to, size);
        System.arraycopy(readablePage(from, size), from & MASK, target, to & MASK, size);
    }

    /** Nothing to do: an image starts with zeros wherever it has nothing else. */
    @Override
    public void zero() {}

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        this.segments = dataSegments;
        for (DataSegment segment : dataSegments) {
            if (segment instanceof ActiveDataSegment active && active.data().length > 0) {
                int offset = (int) computeConstantValue(instance, active.offsetInstructions())[0];
                if (!contains(offset, active.data().length)) {
                    throw new UninstantiableException("a data segment lies outside of the memory");
                }
                write(offset, active.data(), 0, active.data().length);
            }
        }
    }

    @Override
    public void initPassiveSegment(int segment, int target, int offset, int size) {
        write(target, segments[segment].data(), offset, size);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }
}
