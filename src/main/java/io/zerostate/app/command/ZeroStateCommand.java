package io.zerostate.app.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that holds the others. */
@Command(
        name = "zerostate",
        description = "Runs WebAssembly programs as queued tasks in a sandbox.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DevCommand.class,
            ServeCommand.class,
            RunCommand.class,
            AgentCommand.class,
            TaskCommand.class,
            BenchCommand.class,
            PostgresCommand.class
        })
public final class ZeroStateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /**
     * The program, ready to be given its arguments.
     *
     * @param out for what it answers
     * @param err for what goes wrong
     */
    public static CommandLine program(PrintWriter out, PrintWriter err) {
        FailureHandler failures = new FailureHandler();
        return new CommandLine(new ZeroStateCommand())
                .setOut(out)
                .setErr(err)
                // An @ at the start of an input means a file for the task, not one with more arguments.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
