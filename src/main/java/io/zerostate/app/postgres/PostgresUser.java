package io.zerostate.app.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who the server runs as. PostgreSQL refuses to run as root, so a node of root starts it through one of a few prefixes; which of
 * them works depends on what the container permits.
 *
 * @param prefix goes before each command; empty when the node is not root
 * @param owner numeric id of the user that has to own the server's files
 */
record PostgresUser(List<String> prefix, int owner) {
    private static final int ROOT = 0;

    /** {@code nobody} on Debian, Fedora and Alpine alike. */
    private static final int NOBODY = 65534;

    /**
     * In a user namespace without a mapping root appears as nobody to itself and still owns its files: nothing changes hands.
     * Many containers forbid it.
     */
    private static final PostgresUser NAMESPACE = new PostgresUser(List.of("unshare", "--user", "--"), ROOT);

    /** Works when the data directory lies where everybody may go. */
    private static final PostgresUser UNPRIVILEGED =
            new PostgresUser(setpriv("--inh-caps=-all", "--ambient-caps=-all"), NOBODY);

    /**
     * Below a directory that only root may enter, such as {@code /root}. Without the secure bit access(2), which pg_ctl asks, would
     * not count the capability.
     */
    private static final PostgresUser OVERRIDING = new PostgresUser(
            setpriv(
                    "--securebits=+no_setuid_fixup",
                    "--inh-caps=-all,+dac_override",
                    "--ambient-caps=-all,+dac_override"),
            NOBODY);

    private static final String PROBE = "test \"$(id -u)\" -ne 0 && test -w \"$1\" && \"$2\" --version";

    private static List<String> setpriv(String... capabilities) {
        List<String> words = new ArrayList<>(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        words.addAll(List.of(capabilities));
        words.add("--");
        return List.copyOf(words);
    }

    /**
     * Finds who can run the server, and gives them its directory.
     *
     * @param directory of the server's files; owned by whoever this process is
     * @param program one of the server's programs
     */
    static PostgresUser choose(Path directory, Path program, int self) throws IOException, EmbeddedPostgresException {
        if (self != ROOT) {
            return hasName() ? new PostgresUser(List.of(), self) : new PostgresUser(NAMESPACE.prefix, self);
        }
        List<String> reasons = new ArrayList<>();
        for (PostgresUser candidate : List.of(NAMESPACE, UNPRIVILEGED, OVERRIDING)) {
            DirectoryTree.chown(directory, candidate.owner);
            Command.Result result =
                    candidate.command(List.of("sh", "-c", PROBE, "sh", directory.toString(), program.toString())).run();
            if (result.exitCode() == 0) {
                return candidate;
            }
            reasons.add(candidate.prefix.getFirst() + ": " + result.lastLine());
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL does not run as root, and this container permits no other user (" + String.join("; ", reasons)
                        + "): run as another user, or use serve with database.url");
    }

    /** A container may run under an id that /etc/passwd does not list, and initdb insists on a name: in a namespace it is nobody. */
    private static boolean hasName() {
        return new Command(List.of("id", "-un")).run().exitCode() == 0;
    }

    /** {@code words} run as this user. */
    Command command(List<String> words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        return new Command(all);
    }
}
