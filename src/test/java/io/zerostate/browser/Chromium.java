package io.zerostate.browser;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One headless Chromium with a profile of its own. Skips the test where there is none. */
public final class Chromium implements AutoCloseable {
    private static final String LISTENING = "DevTools listening on ws://";
    private static final long PATIENCE_S = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path profile;
    private final Process process;
    private final String address;

    public Chromium() {
        Path program = Needs.program("chromium");
        try {
            profile = Files.createTempDirectory("chromium-");
            process = new ProcessBuilder(
                            program.toString(),
                            "--headless=new",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            // Tests may run as root, and load nothing but a node of their own.
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--hide-scrollbars",
                            "about:blank")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            address = address(new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String address(BufferedReader said) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> said.lines().forEach(more -> {}));
                return line.substring(LISTENING.length()).replaceFirst("/.*", "");
            }
            all.append(line).append('\n');
        }
        throw new IOException("Chromium does not start: " + all);
    }

    /** A new tab that shows nothing yet. */
    public Tab tab() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            JsonObject tab = new JsonObject(http.send(request, BodyHandlers.ofString()).body());
            return new Tab(new DevTools(http, URI.create(tab.getString("webSocketDebuggerUrl"))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            for (ProcessHandle child : children) {
                child.destroyForcibly();
                child.onExit().get(PATIENCE_S, TimeUnit.SECONDS);
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        } finally {
            http.shutdownNow();
            delete(profile);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException gone) {
            // Chromium may still be tidying up; what stays is in the temporary directory.
        }
    }
}
