package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a program sees of the world: its arguments and environment, clocks and random numbers. Each method is the function of
 * preview 1 by that name and returns its errno. Used by one thread.
 */
final class Surroundings {
    private static final int RANDOM_CHUNK_BYTES = 4096;
    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_THREAD_CPUTIME = 3;

    private final LinearMemory memory;
    private final List<String> args;
    private final List<String> environment;
    private final WorldClock clock;
    private final RandomGenerator random;
    private final long startNanos;

    /**
     * @param args with {@code argv[0]}
     * @param environment as {@code NAME=value}
     */
    Surroundings(
            LinearMemory memory,
            List<String> args,
            List<String> environment,
            WorldClock clock,
            RandomGenerator random) {
        this.memory = memory;
        this.args = args;
        this.environment = environment;
        this.clock = clock;
        this.random = random;
        this.startNanos = clock.monotonicNanos();
    }

    int argsSizes(int countPointer, int bytesPointer) {
        return sizes(args, countPointer, bytesPointer);
    }

    int args(int pointers, int buffer) {
        return strings(args, pointers, buffer);
    }

    int environSizes(int countPointer, int bytesPointer) {
        return sizes(environment, countPointer, bytesPointer);
    }

    int environ(int pointers, int buffer) {
        return strings(environment, pointers, buffer);
    }

    private int sizes(List<String> strings, int countPointer, int bytesPointer) {
        if (!memory.contains(countPointer, Integer.BYTES) || !memory.contains(bytesPointer, Integer.BYTES)) {
            return Errno.FAULT;
        }
        int bytes = 0;
        for (String string : strings) {
            bytes += string.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        memory.writeI32(countPointer, strings.size());
        memory.writeI32(bytesPointer, bytes);
        return Errno.SUCCESS;
    }

    private int strings(List<String> strings, int pointers, int buffer) {
        int pointer = pointers;
        int target = buffer;
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            if (!memory.contains(pointer, Integer.BYTES) || !memory.contains(target, bytes.length + 1)) {
                return Errno.FAULT;
            }
            memory.writeI32(pointer, target);
            memory.write(target, bytes, 0, bytes.length);
            memory.writeByte(target + bytes.length, (byte) 0);
            pointer += Integer.BYTES;
            target += bytes.length + 1;
        }
        return Errno.SUCCESS;
    }

    int clockResolution(int id, int pointer) {
        if (!isClock(id)) {
            return Errno.INVAL;
        }
        if (!memory.contains(pointer, Long.BYTES)) {
            return Errno.FAULT;
        }
        memory.writeLong(pointer, 1);
        return Errno.SUCCESS;
    }

    int clockTime(int id, int pointer) {
        if (!isClock(id)) {
            return Errno.INVAL;
        }
        if (!memory.contains(pointer, Long.BYTES)) {
            return Errno.FAULT;
        }
        memory.writeLong(pointer, nanos(id));
        return Errno.SUCCESS;
    }

    static boolean isClock(int id) {
        return id >= CLOCK_REALTIME && id <= CLOCK_THREAD_CPUTIME;
    }

    /**
     * The time on a clock of preview 1, in nanoseconds: of day, or since the run started. The two CPU clocks show that as well: the
     * program has its thread to itself.
     */
    long nanos(int id) {
        if (id == CLOCK_REALTIME) {
            return clock.realtimeNanos();
        }
        return clock.monotonicNanos() - startNanos;
    }

    int random(int pointer, int length) {
        if (!memory.contains(pointer, length)) {
            return Errno.FAULT;
        }
        byte[] chunk = new byte[Math.min(RANDOM_CHUNK_BYTES, length)];
        for (int done = 0; done < length; done += chunk.length) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ChicoryInterruptedException("interrupted in random_get");
            }
            random.nextBytes(chunk);
            memory.write(pointer + done, chunk, 0, Math.min(chunk.length, length - done));
        }
        return Errno.SUCCESS;
    }
}
