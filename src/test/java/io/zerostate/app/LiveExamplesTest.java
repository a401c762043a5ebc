package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.zerostate.browser.Chromium;
import io.zerostate.browser.Needs;
import io.zerostate.browser.Tab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/live.md} do what it says, with the libraries that it names. */
@Timeout(120)
class LiveExamplesTest {
    private static final Path CLIENTS = Path.of("target", "node-clients");

    private static TestNode node;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        node = TestNode.start();
        node.upload("ticker.wasm", "ticker");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void curlFollowsATaskToItsEndAndComesBackToIt() throws Exception {
        Needs.program("curl");
        String id = submit();
        String[] commands = example("sh").split("\n");
        assertThat(commands).hasSize(2);

        String all = run(Map.of("id", id), "sh", "-c", commands[0]);
        assertThat(all).contains("\"status\":\"queued\"", "\"status\":\"running\"", "\"end\":true", "\"status\":\"completed\"");
        assertThat(text(all)).isEqualTo(output(id));
        String rest = run(Map.of("id", id), "sh", "-c", commands[1]);
        assertThat(rest).doesNotContain("\"status\":\"running\"").contains("id: 3\nevent: task_update");
        assertThat(text(rest)).isEqualTo(output(id));
    }

    @Test
    void nodeJsFollowsATaskWithTheStockClients() throws Exception {
        installClients();
        Path script = Files.writeString(CLIENTS.resolve("watch.js"), example("js"));
        String id = submit();

        assertThat(run(Map.of(), "node", script.toString(), node.uri().toString(), id)).isEqualTo(output(id));
        assertThat(run(Map.of(), "node", script.toString(), node.uri().toString(), id)).as("after the task has ended").isEmpty();
    }

    @Test
    void aBrowserFollowsATaskWithTheStockClients() throws Exception {
        installClients();
        String client = Files.readString(
                CLIENTS.resolve("node_modules/@vertx/eventbus-bridge-client.js/vertx-eventbus.js"), StandardCharsets.UTF_8);
        String page = example("html");
        Vertx vertx = Vertx.vertx();
        Router elsewhere = Router.router(vertx);
        elsewhere.get("/vertx-eventbus.js").handler(request -> request.end(client));
        elsewhere.get("/page.html").handler(request -> request.response().putHeader("Content-Type", "text/html").end(page));
        int port = vertx.createHttpServer().requestHandler(elsewhere).listen(0, "127.0.0.1").await().actualPort();
        try (Chromium chromium = new Chromium();
                Tab tab = chromium.tab()) {
            String id = submit();
            tab.open("http://127.0.0.1:" + port + "/page.html?task=" + id);
            tab.awaitText("#status", "completed");
            assertThat(tab.text("document.querySelector('#output').textContent")).isEqualTo(output(id));
        } finally {
            vertx.close().await();
        }
    }

    /** A task that waits until its watcher is there. */
    private static String submit() {
        JsonObject task = new JsonObject()
                .put("agent_id", "ticker")
                .put("args", new JsonArray().add("4").add("200"))
                .put("delay_ms", 4_000);
        return node.client().post("/api/v1/tasks", task).json().getString("id");
    }

    private static String output(String id) {
        return node.client().get("/api/v1/tasks/" + id + "/stdout").text();
    }

    /** What the output events of a stream have as text, together. */
    private static String text(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> new JsonObject(line.substring("data: ".length())).getString("text", ""))
                .collect(Collectors.joining());
    }

    /** The one block of this language, made for this node. */
    private static String example(String language) throws IOException {
        String page = Files.readString(Path.of("docs", "live.md"), StandardCharsets.UTF_8);
        Matcher block = Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE).matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1).replace("http://localhost:8080", node.uri().toString());
    }

    private String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path said = Files.createTempFile(directory, "said", "");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(ended && process.exitValue() == 0).as(text).isTrue();
        return text;
    }

    /** Installs what the lock file names, once per build directory; skips the test where that is not to be had. */
    private void installClients() throws IOException, InterruptedException {
        Needs.program("node");
        Path npm = Needs.program("npm");
        Files.createDirectories(CLIENTS);
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.writeString(CLIENTS.resolve(file), Files.readString(Path.of("src", "test", "node", file)));
        }
        if (!Files.isDirectory(CLIENTS.resolve("node_modules/sockjs-client"))) {
            Process install = new ProcessBuilder(npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                    .directory(CLIENTS.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!install.waitFor(60, TimeUnit.SECONDS) || install.exitValue() != 0) {
                install.destroyForcibly();
                Needs.missing("npm", "npm cannot install the clients of src/test/node: is its registry reachable?");
            }
        }
    }
}
