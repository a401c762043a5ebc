package io.zerostate.app.command;

import io.zerostate.app.client.ApiException;
import io.zerostate.config.ConfigurationException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into one line on stderr and an exit code. */
final class FailureHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return switch (failure) {
            case CommandFailedException failed -> report(command, failed.getMessage(), failed.exitCode());
            case ApiException refused -> report(command, refused.getMessage(), ExitCode.FAILED);
            case ConfigurationException bad -> report(command, bad.getMessage(), ExitCode.FAILED);
            case ParameterException wrong -> handleParseException(wrong, new String[0]);
            default -> report(command, "unexpected failure: " + failure, ExitCode.FAILED);
        };
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        int code = command.getCommand() instanceof RunCommand ? ExitCode.NOT_RUNNABLE : ExitCode.USAGE;
        return report(command, wrong.getMessage() + " (see " + name + " --help)", code);
    }

    private static int report(CommandLine command, String message, int exitCode) {
        PrintWriter err = command.getErr();
        err.println("zerostate: " + message.replaceAll("\\s*\\R\\s*", " "));
        err.flush();
        return exitCode;
    }
}
