package io.zerostate.app.command;

import io.zerostate.app.bench.LoadPlan;
import io.zerostate.app.bench.Pace;
import io.zerostate.config.Quantity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What load to put on a node. */
final class LoadOptions {
    private static final long DEFAULT_TASKS = 5_000;
    private static final long MOST_TASKS = 10_000_000;
    private static final int MOST_CONCURRENCY = 1_000;
    private static final double MOST_PER_SECOND = 100_000;
    /** As many as a node takes in one request. */
    private static final int MOST_IN_BATCH = 1_000;

    private static final long MOST_WARM_UP = 1_000_000;
    private static final Duration MOST_TIME = Duration.ofDays(1);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--tasks", paramLabel = "N", description = "Send N tasks (default: 5000; with --duration: as many as it takes).")
    private @Nullable Long tasks;

    @Option(names = "--duration", paramLabel = "TIME", description = "Send for this long, such as 30s.")
    private @Nullable String duration;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "32",
            description = "At most N requests under way at a time (default: 32).")
    private int concurrency;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            description = {
                "Send N tasks a second, however long answers take, and count latencies from when each was meant to be sent.",
                "Without it the next request goes out when one was answered."
            })
    private @Nullable String rate;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "1", description = "Send N tasks per request (default: 1).")
    private int batch;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "500",
            description = "First send N tasks that are not measured (default: 500).")
    private long warmUp;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "1m",
            description = "When no task has ended for this long, those left are lost (default: 1m).")
    private String patience;

    LoadPlan plan() {
        return new LoadPlan(
                tasks == null && duration != null ? Long.MAX_VALUE : bounded("--tasks", tasks == null ? DEFAULT_TASKS : tasks, MOST_TASKS),
                duration == null ? Long.MAX_VALUE : time("--duration", duration).toNanos(),
                (int) bounded("--concurrency", concurrency, MOST_CONCURRENCY),
                (int) bounded("--batch", batch, MOST_IN_BATCH),
                rate == null ? new Pace.AsAnswered() : new Pace.Steady(perSecond(rate) / batch));
    }

    long warmUp() {
        return warmUp == 0 ? 0 : bounded("--warmup", warmUp, MOST_WARM_UP);
    }

    Duration patience() {
        return time("--patience", patience);
    }

    /** What will be sent, in words. */
    String words() {
        String howMany = duration == null || tasks != null ? plan().tasks() + " tasks" : "tasks";
        String howLong = duration == null ? "" : " for " + duration;
        String perRequest = batch == 1 ? "" : ", " + batch + " per request";
        String howFast = rate == null ? ", " + concurrency + " requests at a time" : ", " + rate.replaceFirst("(/s)?$", "/s");
        return howMany + howLong + perRequest + howFast + (warmUp == 0 ? "" : ", after " + warmUp + " to warm up");
    }

    private long bounded(String option, long value, long most) {
        if (value < 1 || value > most) {
            throw wrong(option + " must be between 1 and " + most + ", but is " + value);
        }
        return value;
    }

    private Duration time(String option, String text) {
        try {
            Duration time = Duration.ofMillis(Quantity.milliseconds(text));
            if (time.isPositive() && time.compareTo(MOST_TIME) <= 0) {
                return time;
            }
        } catch (IllegalArgumentException bad) {
            throw wrong(option + " " + bad.getMessage() + ", but is \"" + text + "\"");
        }
        throw wrong(option + " must be between 1ms and 1d, but is " + text);
    }

    private double perSecond(String text) {
        try {
            double perSecond = Double.parseDouble(text.replaceFirst("/s$", ""));
            if (perSecond > 0 && perSecond <= MOST_PER_SECOND) {
                return perSecond;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number that is too large.
        }
        throw wrong("--rate must be a number of tasks a second such as 50/s, at most " + (long) MOST_PER_SECOND + ", but is \"" + text + "\"");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
