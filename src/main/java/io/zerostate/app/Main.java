package io.zerostate.app;

import io.zerostate.app.command.FailureHandler;
import io.zerostate.app.command.StandardStreams;
import io.zerostate.app.command.ZeroStateCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Without a command, a development node starts: the shortest way from the jar to something that works. */
    public static void main(String[] args) {
        StandardStreams streams = StandardStreams.open();
        FailureHandler failures = new FailureHandler();
        int exitCode = new CommandLine(new ZeroStateCommand())
                .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .execute(args.length == 0 ? new String[] {"dev"} : args);
        System.exit(exitCode);
    }
}
