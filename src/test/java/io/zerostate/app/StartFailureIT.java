package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stops a start is said in one line that names it. */
class StartFailureIT {
    @TempDir
    Path directory;

    private static void assertFailsWith(ChildProcess process, String... wanted) throws Exception {
        try (process) {
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.out()).isEmpty();
            assertThat(process.err().lines()).as(process.err()).hasSize(1);
            assertThat(process.err()).startsWith("zerostate: ").contains(wanted);
        }
    }

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            assertFailsWith(
                    ChildProcess.start("dev", "--port", port, "--data-dir", directory.toString()), "127.0.0.1 port " + port, "in use");
        }
    }

    @Test
    void aDataDirectoryThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertFailsWith(
                ChildProcess.start("dev", "--port", "0", "--data-dir", file.resolve("data").toString()),
                "cannot write to the data directory",
                file.toString());
    }

    @Test
    void aDataDirectoryOfAnotherNode() throws Exception {
        Path dataDir = ChildNode.newDataDir();
        try (ChildNode first = ChildNode.start(dataDir)) {
            assertFailsWith(
                    ChildProcess.start("dev", "--port", "0", "--data-dir", dataDir.toString()),
                    dataDir.toString(),
                    "in use",
                    Long.toString(first.process().pid()));
        }
        TestDirectories.delete(dataDir);
    }

    @Test
    void badConfiguration() throws Exception {
        Path config = Files.writeString(directory.resolve("node.json"), "{\"http\": {\"prot\": 1}, \"queue\": {\"lease\": \"soon\"}}");
        assertFailsWith(
                ChildProcess.start(Map.of("ZEROSTATE_HTTP_PORT", "many"), "dev", "--config", config.toString()),
                "http.prot",
                "queue.lease",
                "ZEROSTATE_HTTP_PORT");
    }

    @Test
    void anAddressThatEverybodyReachesWithoutAnApiKey() throws Exception {
        assertFailsWith(ChildProcess.start(Map.of("ZEROSTATE_HTTP_HOST", "0.0.0.0"), "dev"), "http.host", "http.api_key");
    }

    @Test
    void noDatabaseToServeFrom() throws Exception {
        assertFailsWith(ChildProcess.start("serve", "--data-dir", directory.toString()), "database.url");
    }

    @Test
    void aDatabaseThatDoesNotAnswer() throws Exception {
        String dead;
        try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            dead = "postgresql://127.0.0.1:" + closedSoon.getLocalPort() + "/zerostate";
        }
        try (ChildProcess process = ChildProcess.start(
                Map.of("ZEROSTATE_DATABASE_URL", dead, "ZEROSTATE_HTTP_PORT", "0"),
                "serve",
                "--data-dir",
                directory.toString())) {
            assertThat(process.exitCode()).isEqualTo(1);
            String last = process.err().lines().reduce("", (before, line) -> line);
            assertThat(last).startsWith("zerostate: ").contains(dead);
            assertThat(process.err()).doesNotContain("\tat ", "stack_trace");
        }
    }
}
