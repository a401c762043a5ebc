package io.zerostate.app.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of one server, with the password of its only user.
 *
 * @param directory what PostgreSQL calls the data directory
 */
record PostgresCluster(Path directory) {
    static final String USER = "zerostate";
    private static final String PASSWORD_FILE = "zerostate.password";
    private static final int PASSWORD_BYTES = 24;

    boolean exists() {
        return Files.isRegularFile(directory.resolve("PG_VERSION"));
    }

    /** Clear text, because PostgreSQL itself stores only a SCRAM verifier of it. Readable by its owner alone. */
    String password() throws IOException {
        return Files.readString(directory.resolve(PASSWORD_FILE)).strip();
    }

    /**
     * Creates the files in {@code workspace} first, so that a start that is cut short leaves nothing that looks like a server.
     *
     * @param workspace empty, owned by {@code user}, on the same file system
     */
    void create(Path home, PostgresUser user, Path workspace) throws IOException, EmbeddedPostgresException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Path fresh = workspace.resolve("cluster");
        Path password = Files.createFile(
                workspace.resolve(PASSWORD_FILE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, HexFormat.of().formatHex(random));
        Files.setAttribute(password, "unix:uid", user.owner());
        Command.Result initdb = user.command(List.of(
                        home.resolve("bin/initdb").toString(),
                        "--pgdata=" + fresh,
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-instructions"))
                .run();
        if (initdb.exitCode() != 0) {
            throw new EmbeddedPostgresException("cannot set up the embedded PostgreSQL: " + initdb.lastLine());
        }
        Files.move(password, fresh.resolve(PASSWORD_FILE));
        Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
    }
}
