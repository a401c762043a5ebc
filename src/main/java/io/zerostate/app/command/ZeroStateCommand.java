package io.zerostate.app.command;

import java.io.PrintWriter;
import java.util.List;
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
        versionProvider = Version.class)
public final class ZeroStateCommand implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            DevCommand.class,
            ServeCommand.class,
            RunCommand.class,
            AgentCommand.class,
            TaskCommand.class,
            BenchCommand.class,
            PostgresCommand.class);

    @Spec
    private CommandSpec spec;

    /**
     * The program, ready to be given its arguments.
     *
     * @param out for what it answers
     * @param err for what goes wrong
     * @param arguments what it will be given; where they begin with a command, it has no others: to look at all of them takes a quarter of a
     *     second
     */
    public static CommandLine program(PrintWriter out, PrintWriter err, String... arguments) {
        FailureHandler failures = new FailureHandler();
        CommandLine program = new CommandLine(new ZeroStateCommand());
        commands(arguments).forEach(program::addSubcommand);
        return program.setOut(out)
                .setErr(err)
                // An @ at the start of an input means a file for the task, not one with more arguments.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    private static List<Class<?>> commands(String[] arguments) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> arguments.length > 0
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
