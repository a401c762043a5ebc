package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import io.zerostate.wasm.chicory.Descriptor.OpenDirectory;
import io.zerostate.wasm.chicory.Descriptor.OpenFile;
import io.zerostate.wasm.chicory.Descriptor.Sink;
import io.zerostate.wasm.chicory.Descriptor.Source;
import java.io.IOException;
import java.io.InputStream;

/**
 * {@code poll_oneoff}: waits for time, or for streams, which are always ready here. The wait ends with the thread's interruption.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/v0.2.1/legacy/preview1/docs.md#subscription">the layouts</a>
 */
final class Poll {
    private static final int MAX_SUBSCRIPTIONS = 1024;
    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;
    private static final int FD_READ = 1;
    private static final int ABSOLUTE = 1;

    private final LinearMemory memory;
    private final Descriptors descriptors;
    private final Surroundings surroundings;
    private final WorldClock clock;

    Poll(LinearMemory memory, Descriptors descriptors, Surroundings surroundings, WorldClock clock) {
        this.memory = memory;
        this.descriptors = descriptors;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    int oneoff(int subscriptions, int events, int count, int eventsPointer) {
        if (count <= 0 || count > MAX_SUBSCRIPTIONS) {
            return Errno.INVAL;
        }
        if (!memory.contains(subscriptions, count * SUBSCRIPTION_BYTES)
                || !memory.contains(events, count * EVENT_BYTES)
                || !memory.contains(eventsPointer, Integer.BYTES)) {
            return Errno.FAULT;
        }
        // Taken out first: the program may have given the same memory for subscriptions and events.
        byte[] asked = memory.readBytes(subscriptions, count * SUBSCRIPTION_BYTES);
        Subscription[] all = new Subscription[count];
        for (int i = 0; i < count; i++) {
            Subscription subscription = Subscription.parse(asked, i * SUBSCRIPTION_BYTES);
            if (subscription == null) {
                return Errno.INVAL;
            }
            all[i] = subscription;
        }
        memory.writeI32(eventsPointer, await(all, events));
        return Errno.SUCCESS;
    }

    /** Waits, writes the events of what has come, and says how many. */
    private int await(Subscription[] all, int events) {
        long[] waits = new long[all.length];
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < all.length; i++) {
            waits[i] = all[i].isClock() ? waitNanos(all[i]) : 0;
            shortest = Math.min(shortest, waits[i]);
        }
        long waited = sleep(shortest);
        int written = 0;
        for (int i = 0; i < all.length; i++) {
            if (waits[i] <= waited) {
                event(events + written * EVENT_BYTES, all[i]);
                written++;
            }
        }
        return written;
    }

    private long waitNanos(Subscription subscription) {
        // Unsigned in the specification; what does not fit into 63 bits is 292 years away.
        long timeout = subscription.timeout() < 0 ? Long.MAX_VALUE : subscription.timeout();
        return (subscription.flags() & ABSOLUTE) == 0
                ? timeout
                : Math.max(0, timeout - surroundings.nanos(subscription.id()));
    }

    /** Sleeps for at least that long, and says how long. */
    private long sleep(long nanos) {
        long start = clock.monotonicNanos();
        long slept = 0;
        try {
            while (slept < nanos) {
                clock.sleep(nanos - slept);
                slept = clock.monotonicNanos() - start;
            }
            return slept;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChicoryInterruptedException("interrupted in poll_oneoff");
        }
    }

    private void event(int pointer, Subscription subscription) {
        memory.fill((byte) 0, pointer, pointer + EVENT_BYTES);
        memory.writeLong(pointer, subscription.userData());
        memory.writeByte(pointer + 10, (byte) subscription.type());
        if (subscription.isClock()) {
            return;
        }
        try {
            memory.writeLong(pointer + 16, ready(descriptors.require(subscription.id()), subscription.type() == FD_READ));
        } catch (ErrnoException failed) {
            memory.writeShort(pointer + 8, (short) failed.errno());
        }
    }

    /** How many bytes can be read without waiting, as far as is known; 0 for writing. */
    private static long ready(Descriptor descriptor, boolean reads) throws ErrnoException {
        return switch (descriptor) {
            case Source(InputStream stream) when reads -> available(stream);
            case Sink output when !reads -> 0;
            case OpenFile file when reads && file.readable() -> Math.max(0, file.file().size() - file.position());
            case OpenFile file when !reads && file.writable() -> 0;
            case Source stdin -> throw new ErrnoException(Errno.BADF);
            case Sink output -> throw new ErrnoException(Errno.BADF);
            case OpenFile file -> throw new ErrnoException(Errno.BADF);
            case OpenDirectory directory -> throw new ErrnoException(Errno.BADF);
        };
    }

    private static int available(InputStream stream) {
        try {
            return stream.available();
        } catch (IOException e) {
            return 0;
        }
    }
}
