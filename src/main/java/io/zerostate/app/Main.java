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
        String[] arguments = args.length == 0 ? new String[] {"dev"} : args;
        int exitCode = ZeroStateCommand.program(out, err, arguments).execute(arguments);
        System.exit(exitCode);
    }
}
