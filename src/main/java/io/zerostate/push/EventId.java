package io.zerostate.push;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in what is told of a task, which a client can come back to: the {@code id:} of an SSE event, and the header
 * {@code last-event-id} of a message of the bridge. Written as {@code SEQ}, or {@code SEQ:STDOUT:STDERR} once the attempt has written
 * something.
 *
 * @param seq the last state told, see {@link io.zerostate.task.TaskProgress#seq()}
 * @param stdout bytes of stdout that were told of the attempt which that state began, or were passed over
 * @param stderr the same of stderr
 */
record EventId(int seq, long stdout, long stderr) {
    /** Of a client that knows nothing yet. */
    static final EventId NONE = new EventId(-1, 0, 0);

    /** Digits that fit their type, whatever they are. */
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?::(\\d{1,18}):(\\d{1,18}))?");

    /** Empty for what is no such id. */
    static Optional<EventId> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int seq = Integer.parseInt(parts.group(1));
        return Optional.of(parts.group(2) == null
                ? new EventId(seq, 0, 0)
                : new EventId(seq, Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))));
    }

    boolean isNone() {
        return seq < 0;
    }

    @Override
    public String toString() {
        return stdout == 0 && stderr == 0 ? Integer.toString(seq) : seq + ":" + stdout + ":" + stderr;
    }
}
