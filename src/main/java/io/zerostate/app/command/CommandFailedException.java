package io.zerostate.app.command;

/** A command did not do what it was asked for. The message is one line for people, {@link #exitCode()} is for scripts. */
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailedException(String message) {
        this(ExitCode.FAILED, message);
    }

    CommandFailedException(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
