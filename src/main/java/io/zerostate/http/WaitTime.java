package io.zerostate.http;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a client wants to wait for the end of a task: the {@code wait} parameter, such as {@code 30s}. */
final class WaitTime {

    /** The longest deadline a task can have; proxies seldom hold a request for longer. */
    static final Duration MOST = Duration.ofMinutes(5);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(ms|s|m)");

    private WaitTime() {}

    /**
     * Returns the time to wait, zero when {@code text} is null.
     *
     * @throws ProblemException 400 when it is no such time or longer than {@link #MOST}
     */
    static Duration parse(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw refused("must be a number with ms, s or m, such as 30s");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration wait = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
        if (wait.compareTo(MOST) > 0) {
            throw refused("at most " + MOST.toMinutes() + "m is allowed");
        }
        return wait;
    }

    private static ProblemException refused(String detail) {
        return Problem.invalidParameter("wait", detail).exception();
    }
}
