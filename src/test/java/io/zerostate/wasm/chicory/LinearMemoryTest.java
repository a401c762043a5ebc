package io.zerostate.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Chicory's own memory is the reference: both must hold the same bytes, give the same answers and trap at the same places. */
class LinearMemoryTest {
    private static final int PAGE = Memory.PAGE_SIZE;
    private static final int MAXIMUM = 6;

    @Property(tries = 200)
    void behavesAsChicorysOwnMemory(@ForAll long seed) {
        Random random = new Random(seed);
        Memory reference = new ByteArrayMemory(new MemoryLimits(2, MAXIMUM));
        LinearMemory memory = new LinearMemory(MemoryImage.ofZeros(2), MAXIMUM, MAXIMUM);
        for (int i = 0; i < 300; i++) {
            Function<Memory, Object> operation = operation(random);
            assertThat(answer(memory, operation)).isEqualTo(answer(reference, operation));
        }
        assertThat(memory.readBytes(0, memory.pages() * PAGE)).isEqualTo(reference.readBytes(0, reference.pages() * PAGE));
    }

    private static Object answer(Memory memory, Function<Memory, Object> operation) {
        try {
            return operation.apply(memory);
        } catch (ChicoryException e) {
            return "trap";
        }
    }

    private static Function<Memory, Object> operation(Random random) {
        int address = address(random);
        int other = address(random);
        int size = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(3 * PAGE);
        long value = random.nextLong();
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        int growth = random.nextInt(20);
        return switch (random.nextInt(19)) {
            case 0 -> memory -> memory.read(address);
            case 1 -> memory -> memory.readShort(address);
            case 2 -> memory -> memory.readInt(address);
            case 3 -> memory -> memory.readLong(address);
            case 4 -> memory -> Float.floatToRawIntBits(memory.readFloat(address));
            case 5 -> memory -> Double.doubleToRawLongBits(memory.readDouble(address));
            case 6 -> memory -> memory.readU16(address);
            case 7 -> memory -> memory.readF32(address);
            case 8 -> memory -> memory.readF64(address);
            case 9 -> done(memory -> memory.writeByte(address, (byte) value));
            case 10 -> done(memory -> memory.writeShort(address, (short) value));
            case 11 -> done(memory -> memory.writeI32(address, (int) value));
            case 12 -> done(memory -> memory.writeLong(address, value));
            case 13 -> done(memory -> memory.writeF32(address, (float) value));
            case 14 -> done(memory -> memory.writeF64(address, (double) value));
            case 15 -> done(memory -> memory.write(address, bytes, 0, bytes.length));
            case 16 -> done(memory -> memory.fill((byte) (value & 1), address, address + size));
            case 17 -> done(memory -> memory.copy(address, other, size));
            default -> growth == 0 ? memory -> memory.grow(1) : Memory::pages;
        };
    }

    private static Function<Memory, Object> done(Consumer<Memory> operation) {
        return memory -> {
            operation.accept(memory);
            return "done";
        };
    }

    /** Mostly inside, often near the border of a page, now and then far outside. */
    private static int address(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(2 * PAGE + 16);
            case 1 -> random.nextInt(4) * PAGE - 8 + random.nextInt(16);
            case 2 -> random.nextInt(2 * PAGE);
            default -> random.nextInt();
        };
    }

    @Test
    void pagesThatWereGrownAreZeroAndCanBeWritten() {
        LinearMemory memory = new LinearMemory(MemoryImage.ofZeros(1), MAXIMUM, MAXIMUM);
        assertThat(memory.grow(3)).isEqualTo(1);
        assertThat(memory.pages()).isEqualTo(4);
        assertThat(memory.readLong(4 * PAGE - 8)).isZero();
        memory.writeLong(4 * PAGE - 8, -1);
        assertThat(memory.readLong(4 * PAGE - 8)).isEqualTo(-1);
        assertThat(memory.readLong(3 * PAGE - 8)).isZero();
        assertThatThrownBy(() -> memory.writeByte(4 * PAGE, (byte) 1)).hasMessageContaining("out of bounds");
    }

    @Test
    void growingBeyondALimitIsRefusedAndOnlyTheRunsLimitCounts() {
        LinearMemory byModule = new LinearMemory(MemoryImage.ofZeros(1), 2, MAXIMUM);
        assertThat(byModule.grow(2)).isEqualTo(-1);
        assertThat(byModule.refused()).isFalse();
        LinearMemory byRun = new LinearMemory(MemoryImage.ofZeros(1), 100, MAXIMUM);
        assertThat(byRun.grow(MAXIMUM - 1)).isEqualTo(1);
        assertThat(byRun.refused()).isFalse();
        assertThat(byRun.grow(1)).isEqualTo(-1);
        assertThat(byRun.refused()).isTrue();
        assertThat(byRun.grow(-1)).isEqualTo(-1);
    }

    @Test
    void runsShareAnImageButNotWhatTheyWrite() {
        LinearMemory first = new LinearMemory(MemoryImage.ofZeros(2), 2, 2);
        first.writeI32(PAGE + 4, 42);
        MemoryImage image = first.toImage();
        assertThat(image.heapBytes()).isEqualTo(PAGE);
        LinearMemory one = new LinearMemory(image, 2, 2);
        LinearMemory two = new LinearMemory(image, 2, 2);
        one.writeI32(PAGE + 4, 1);
        one.writeI32(8, 1);
        assertThat(two.readInt(PAGE + 4)).isEqualTo(42);
        assertThat(two.readInt(8)).isZero();
    }
}
