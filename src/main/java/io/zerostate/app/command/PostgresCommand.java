package io.zerostate.app.command;

import io.zerostate.app.postgres.EmbeddedPostgres;
import io.zerostate.app.postgres.EmbeddedPostgresException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "postgres",
        description = {
            "Starts the PostgreSQL that comes with the program, alone: for trying a cluster on one machine where no other is installed.",
            "Prints one line, \"ready postgresql://127.0.0.1:PORT/postgres\", when it serves. Its user is zerostate, with the password "
                    + "in DIR/postgres/zerostate.password."
        })
final class PostgresCommand implements Callable<Integer> {
    private static final String DATABASE = "postgres";

    @Mixin
    private HelpOption help;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where it keeps its files; as a dev node does (default: ./data).")
    private Path dataDir;

    /** Serves until the process is stopped. */
    @Override
    public Integer call() throws CommandFailedException {
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.start(dataDir.resolve("postgres-binaries"), dataDir.resolve("postgres"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "zerostate-stop"));
            StandardStreams.open().out().println("ready " + server.connection(DATABASE, 1).url());
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (EmbeddedPostgresException failure) {
            throw new CommandFailedException(String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }
}
