package io.zerostate.app.command;

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
        subcommands = {DevCommand.class, ServeCommand.class, RunCommand.class, AgentCommand.class, TaskCommand.class})
public final class ZeroStateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
