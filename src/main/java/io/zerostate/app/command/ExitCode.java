package io.zerostate.app.command;

/** What a command tells the shell. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    /** The command line itself is wrong. */
    static final int USAGE = 2;
    /** {@code run}: out of time, as with coreutils' timeout. */
    static final int TIMEOUT = 124;
    /** {@code run}: the module cannot be run. */
    static final int NOT_RUNNABLE = 125;
    /** {@code run}: the program trapped or hit a limit. */
    static final int TRAP_OR_LIMIT = 126;

    private ExitCode() {}
}
