package io.zerostate.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "task",
        description = "Submits tasks and shows what becomes of them.",
        subcommands = {
            TaskSubmitCommand.class,
            TaskShowCommand.class,
            TaskListCommand.class,
            TaskCancelCommand.class,
            TaskLogsCommand.class
        })
final class TaskCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "submit, show, list, cancel or logs is missing");
    }
}
