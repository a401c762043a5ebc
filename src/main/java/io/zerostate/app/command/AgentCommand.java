package io.zerostate.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "agent",
        description = "Uploads agents and shows them.",
        subcommands = {AgentPushCommand.class, AgentListCommand.class, AgentShowCommand.class, AgentRemoveCommand.class})
final class AgentCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "push, list, show or rm is missing");
    }
}
