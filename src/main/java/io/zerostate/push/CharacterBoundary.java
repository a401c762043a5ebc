package io.zerostate.push;

import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Bytes;
import io.zerostate.task.OutputStreamName;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one output stream of one task into chunks that end between two UTF-8 characters, since programs write bytes and not
 * characters. What follows the last whole character waits for the next write. Not thread-safe.
 */
final class CharacterBoundary {
    /** Bytes of the longest character less one: what may be missing its end. */
    private static final int LONGEST_TAIL = 3;

    private int attempt;
    private long offset;
    private byte[] tail = new byte[0];

    /** What can be shown after this write, or null when it only begins a character. */
    @Nullable OutputChunk next(TaskEvent.Wrote wrote) {
        byte[] bytes = wrote.bytes().array();
        long start = wrote.offset();
        if (wrote.attempt() == attempt && start == offset + tail.length && tail.length > 0) {
            start = offset;
            bytes = joined(tail, bytes);
        }
        attempt = wrote.attempt();
        int whole = bytes.length - incompleteTail(bytes);
        tail = Arrays.copyOfRange(bytes, whole, bytes.length);
        offset = start + whole;
        byte[] shown = tail.length == 0 ? bytes : Arrays.copyOf(bytes, whole);
        return whole == 0 ? null : chunk(wrote.taskId(), wrote.stream(), start, shown);
    }

    /** The beginning of a character that never got its end, or null; to be asked for when the attempt has ended. */
    @Nullable OutputChunk rest(UUID taskId, OutputStreamName stream) {
        if (tail.length == 0) {
            return null;
        }
        OutputChunk rest = chunk(taskId, stream, offset, tail);
        offset += tail.length;
        tail = new byte[0];
        return rest;
    }

    private OutputChunk chunk(UUID taskId, OutputStreamName stream, long start, byte[] bytes) {
        return new OutputChunk(taskId, attempt, stream, start, Bytes.of(bytes));
    }

    /** How many bytes at the end begin a character that they do not complete. */
    private static int incompleteTail(byte[] bytes) {
        for (int length = 1; length <= Math.min(LONGEST_TAIL, bytes.length); length++) {
            int b = bytes[bytes.length - length] & 0xff;
            if (b < 0x80) {
                return 0;
            }
            if (b >= 0xc0) {
                return characterLength(b) > length ? length : 0;
            }
        }
        return 0;
    }

    /** Bytes of the character that starts with {@code lead} (RFC 3629); 1 where none does. */
    private static int characterLength(int lead) {
        if (lead >= 0xc2 && lead <= 0xdf) {
            return 2;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return 3;
        }
        return lead >= 0xf0 && lead <= 0xf4 ? 4 : 1;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
