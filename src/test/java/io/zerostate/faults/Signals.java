package io.zerostate.faults;

import java.io.IOException;

/** Signals to processes that this test started. */
enum Signals {
    /** The process stops where it is, all threads at once. */
    STOP,
    /** A stopped process goes on. */
    CONT,
    /** To PostgreSQL: stop without a checkpoint and without a word to clients, as after a loss of power. */
    QUIT;

    void send(long pid) {
        try {
            int exitCode = new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).start().waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("no process " + pid + " to send " + this + " to");
            }
        } catch (IOException failure) {
            throw new IllegalStateException("cannot send " + this, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
