package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.Memory;

/** What is the same for every memory that one thread has to itself: no atomic operations, and reads that follow from others. */
abstract class UnsharedMemory implements Memory {

    @Override
    public final boolean shared() {
        return false;
    }

    @Override
    public final long readU16(int address) {
        return readShort(address) & 0xffff;
    }

    @Override
    public final long readF32(int address) {
        return readInt(address);
    }

    @Override
    public final long readF64(int address) {
        return readLong(address);
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public final Object lock(int address) {
        throw unsupported();
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public final int waitOn(int address, int expected, long timeout) {
        throw unsupported();
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public final int waitOn(int address, long expected, long timeout) {
        throw unsupported();
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public final int notify(int address, int maxThreads) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("the gate lets no shared memory through");
    }
}
