package io.zerostate.app.command;

import io.zerostate.config.Quantity;
import io.zerostate.task.Bytes;
import io.zerostate.task.FileSet;
import io.zerostate.task.Input;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.OutputStreamName;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = {
            "Runs one module here, in the same sandbox as a node does; needs no node.",
            "Exits with the module's exit code; 124: out of time, 125: cannot be run, 126: trap or limit.",
            "At most 16 MiB each of stdout and stderr are passed through."
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    private static final int HIGHEST_EXIT_CODE = 255;
    private static final long PREPARE_TIMEOUT_MS = 120_000;

    @Parameters(paramLabel = "MODULE", description = "The .wasm file.")
    private Path module;

    @Option(names = "--arg", paramLabel = "ARG", description = "An argument; may be repeated.")
    private List<String> args = List.of();

    @Option(names = "--env", paramLabel = "KEY=VALUE", description = "A variable; may be repeated.")
    private Map<String, String> env = new LinkedHashMap<>();

    @Mixin
    private LimitOptions bounds;

    @Mixin
    private FileOptions files;

    @Mixin
    private EngineOptions engine;

    @Override
    public Integer call() throws CommandFailedException {
        StandardStreams streams = StandardStreams.open();
        try (InterruptibleStdin stdin = new InterruptibleStdin(System.in)) {
            Invocation invocation = invocation(stdin);
            return exitCode(run(read(), invocation, streams));
        }
    }

    private Invocation invocation(InputStream stdin) throws CommandFailedException {
        String name = module.getFileName().toString().replaceFirst("\\.wasm$", "");
        Limits limits = bounds.limits();
        Invocation invocation = new Invocation(name, new Input(Bytes.EMPTY, args, env), limits, stdin);
        Map<String, Bytes> contents = files.contents();
        try {
            return contents == null ? invocation : invocation.withFiles(new FileSet(contents, limits.fileBytes()));
        } catch (IllegalArgumentException unfit) {
            throw new CommandFailedException(ExitCode.NOT_RUNNABLE, "--file: " + unfit.getMessage());
        }
    }

    private Outcome run(Bytes wasm, Invocation invocation, StandardStreams streams) {
        ScheduledThreadPoolExecutor ticker =
                new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
        try {
            PreparedModule prepared = prepare(wasm, ticker);
            OutputListener output =
                    (stream, buffer, offset, length) -> target(streams, stream).write(buffer, offset, length);
            try (Deadline deadline = Deadline.start(ticker, invocation.limits().timeoutMs())) {
                return prepared.run(invocation, output, deadline).outcome();
            }
        } catch (ModuleRefusedException refused) {
            return new Outcome.Rejected(refused.reason());
        } catch (InterruptedException late) {
            return new Outcome.Rejected("it could not be prepared within " + Quantity.ofMilliseconds(PREPARE_TIMEOUT_MS));
        } finally {
            ticker.shutdownNow();
        }
    }

    /** What a node does at upload, once; so it does not count for the time that the program is given. */
    private PreparedModule prepare(Bytes wasm, ScheduledExecutorService ticker)
            throws ModuleRefusedException, InterruptedException {
        try (Deadline deadline = Deadline.start(ticker, PREPARE_TIMEOUT_MS)) {
            return engine.engine(System.getenv()).prepare(wasm);
        }
    }

    private static PrintStream target(StandardStreams streams, OutputStreamName stream) {
        return switch (stream) {
            case STDOUT -> streams.out();
            case STDERR -> streams.err();
        };
    }

    private static int exitCode(Outcome outcome) throws CommandFailedException {
        return switch (outcome) {
            // The shell keeps eight bits; a failure must not become a success by that.
            case Outcome.Completed(int code) -> code >= 0 && code <= HIGHEST_EXIT_CODE ? code : HIGHEST_EXIT_CODE;
            case Outcome.TimedOut late -> throw failed(ExitCode.TIMEOUT, late);
            case Outcome.Trapped trapped -> throw failed(ExitCode.TRAP_OR_LIMIT, trapped);
            case Outcome.MemoryExceeded exceeded -> throw failed(ExitCode.TRAP_OR_LIMIT, exceeded);
            case Outcome.OutputExceeded exceeded -> throw failed(ExitCode.TRAP_OR_LIMIT, exceeded);
            case Outcome.Cancelled cancelled -> throw failed(ExitCode.TRAP_OR_LIMIT, cancelled);
            case Outcome.Rejected rejected -> throw failed(ExitCode.NOT_RUNNABLE, rejected);
            case Outcome.Lost lost -> throw failed(ExitCode.NOT_RUNNABLE, lost);
            case Outcome.Unavailable unavailable -> throw failed(ExitCode.NOT_RUNNABLE, unavailable);
        };
    }

    private static CommandFailedException failed(int exitCode, Outcome outcome) {
        return new CommandFailedException(exitCode, String.valueOf(outcome.failure() == null ? outcome : outcome.failure().message()));
    }

    private Bytes read() throws CommandFailedException {
        try {
            return Bytes.of(Files.readAllBytes(module));
        } catch (IOException unreadable) {
            throw new CommandFailedException(ExitCode.NOT_RUNNABLE, "cannot read " + module);
        }
    }
}
