package io.zerostate.app.command;

import io.zerostate.config.Quantity;
import io.zerostate.task.Limits;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import picocli.CommandLine.Option;

/** What a run here may use, as options. A node's maxima bound it, too: what works here works there. */
final class LimitOptions {
    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "10s", description = "Bound of time (default: 10s).")
    private String timeout;

    @Option(names = "--memory", paramLabel = "SIZE", defaultValue = "128MiB", description = "Bound of memory (default: 128MiB).")
    private String memory;

    @Option(
            names = "--host-calls",
            paramLabel = "N",
            defaultValue = "100000000",
            description = "Bound of its calls of WASI functions (default: 100000000).")
    private long hostCalls;

    @Option(
            names = "--file-quota",
            paramLabel = "SIZE",
            defaultValue = "16MiB",
            description = "Bound of all its files, names included (default: 16MiB).")
    private String fileQuota;

    Limits limits() throws CommandFailedException {
        Limits maximum = Limits.MAXIMUM;
        return new Limits(
                bounded("--timeout", () -> Quantity.milliseconds(timeout), maximum.timeoutMs(), Quantity::ofMilliseconds),
                bounded("--memory", () -> Quantity.bytes(memory), maximum.memoryBytes(), Quantity::ofBytes),
                maximum.stdoutBytes(),
                maximum.stderrBytes(),
                maximum.inputBytes(),
                bounded("--host-calls", () -> hostCalls, maximum.hostCalls(), Long::toString),
                bounded("--file-quota", () -> Quantity.bytes(fileQuota), maximum.fileBytes(), Quantity::ofBytes));
    }

    private static long bounded(String option, LongSupplier parse, long maximum, LongFunction<String> format)
            throws CommandFailedException {
        try {
            long value = parse.getAsLong();
            if (value >= 1 && value <= maximum) {
                return value;
            }
            throw new IllegalArgumentException("must be between " + format.apply(1) + " and " + format.apply(maximum));
        } catch (IllegalArgumentException bad) {
            throw new CommandFailedException(ExitCode.NOT_RUNNABLE, option + " " + bad.getMessage());
        }
    }
}
