package io.zerostate.app;

import io.zerostate.app.command.StandardStreams;
import io.zerostate.app.command.ZeroStateCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Without a command, a development node starts: the shortest way from the jar to something that works. */
    public static void main(String[] args) {
        StandardStreams streams = StandardStreams.open();
        PrintWriter out = new PrintWriter(streams.out(), true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(streams.err(), true, StandardCharsets.UTF_8);
        int exitCode = ZeroStateCommand.program(out, err).execute(args.length == 0 ? new String[] {"dev"} : args);
        System.exit(exitCode);
    }
}
