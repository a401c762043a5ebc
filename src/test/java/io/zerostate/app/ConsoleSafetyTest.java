package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.browser.Chromium;
import io.zerostate.browser.Tab;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No text of somebody else's becomes markup or script in the console, and nobody is locked out of it. */
@Timeout(180)
class ConsoleSafetyTest {
    private static final List<String> CORPUS = List.of(
            "<script>window.hacked=1</script>",
            "<img src=x onerror=\"window.hacked=1\">",
            "<svg/onload=window.hacked=1>",
            "\"><iframe srcdoc=\"<script>parent.hacked=1</script>\"></iframe>",
            "javascript:window.hacked=1",
            "'-window.hacked=1-'",
            "</pre></textarea></title><script>window.hacked=1</script>",
            "<a href=\"javascript:window.hacked=1\">x</a>",
            "<style>*{display:none}</style>",
            "{{constructor.constructor('window.hacked=1')()}}",
            "\u001b]8;;javascript:window.hacked=1\u0007link\u001b]8;;\u0007",
            "\u001b[31m<b onclick=window.hacked=1>red</b>\u001b[0m",
            "\u202e\u0000\u0007<img/src/onerror=window.hacked=1>");
    private static final String CORPUS_TEXT = String.join("\n", CORPUS);

    private static Chromium chromium;
    private static TestNode node;
    private static String agent;
    private static String task;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        node = TestNode.start();
        String description = URLEncoder.encode(CORPUS.get(1) + CORPUS.get(0), StandardCharsets.UTF_8);
        agent = upload("/api/v1/agents?name=echo&description=" + description);
        task = node.run(task().put("args", new JsonArray(CORPUS.subList(0, 3)))).getString("task_id");
    }

    private static JsonObject task() {
        return new JsonObject()
                .put("agent_id", "echo")
                .put("query", CORPUS.get(1))
                .put("timeout_ms", 60_000)
                .put("metadata", new JsonObject().put("x", CORPUS.get(0)))
                .put("input", CORPUS_TEXT);
    }

    private static String upload(String path) {
        try {
            JsonClient.Answer answer =
                    node.client().post(path, "application/wasm", BodyPublishers.ofFile(Path.of("tests/wasm/echo_env.wasm")));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            return answer.json().getString("id");
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (node != null) {
            node.close();
        }
    }

    private static String path(String page) {
        return page.replace("AGENT", agent).replace("TASK", task);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/agents", "/agents/AGENT", "/tasks", "/tasks/TASK", "/nodes"})
    void textOfOthersStaysText(String page) {
        try (Tab tab = chromium.tab()) {
            tab.open(node.uri() + path(page)).awaitElement("h1");
            if (page.contains("TASK")) {
                tab.await("document.querySelector('.output-text').textContent.includes('<script>window.hacked=1</script>')");
                tab.await("document.querySelector('.output-text .t-fg-1').textContent === '<b onclick=window.hacked=1>red</b>'");
            } else if (!page.equals("/nodes")) {
                tab.awaitText("main", "onerror=");
            }
            assertThat(tab.evaluate("window.hacked ?? null")).isNull();
            assertThat(tab.number("document.querySelectorAll('main script, main img, main iframe, main style, main svg, main b').length")).isZero();
            assertThat(tab.number("document.querySelectorAll('a[href^=\"javascript:\"]').length")).isZero();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void namesAndValuesOfJsonStayText(int which) {
        JsonObject json = new JsonObject().put(CORPUS.get(which), new JsonArray().add(CORPUS.get(which)));
        String id = node.run(task().put("input", json)).getString("task_id");
        try (Tab tab = chromium.tab()) {
            tab.open(node.uri() + "/tasks/" + id).awaitText(".json", CORPUS.get(which));
            assertThat(tab.evaluate("window.hacked ?? null")).isNull();
            assertThat(tab.number("document.querySelectorAll('main script, main img, main svg').length")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, light", "/, dark", "/agents, light", "/agents, dark", "/agents/AGENT, light", "/agents/AGENT, dark",
        "/tasks, light", "/tasks, dark", "/tasks/TASK, light", "/tasks/TASK, dark", "/nodes, light", "/nodes, dark"
    })
    void aPageHasNoBarriers(String page, String scheme) throws IOException {
        try (Tab tab = chromium.tab()) {
            tab.colours(scheme).open(node.uri() + path(page)).awaitElement("h1").await("!document.querySelector('.loading')");
            tab.evaluate(axe());
            JsonArray found = new JsonArray(tab.text("""
                    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(violations
                      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                      .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ').slice(0, 500))))"""));
            assertThat(found.stream().map(String::valueOf).collect(Collectors.joining("\n"))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"360, 1", "768, 1", "1280, 1", "1280, 2"})
    void noPageIsWiderThanTheScreen(int width, int zoom) {
        try (Tab tab = chromium.tab()) {
            tab.size(width, 900, zoom);
            for (String page : List.of("/", "/agents", "/agents/AGENT", "/tasks", "/tasks/TASK", "/nodes")) {
                tab.open(node.uri() + path(page)).awaitElement("h1").await("!document.querySelector('.loading')");
                assertThat(tab.number("document.documentElement.scrollWidth")).as(page).isLessThanOrEqualTo(width / zoom);
            }
        }
    }

    private static String axe() throws IOException {
        String name = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
        try (InputStream in = ConsoleSafetyTest.class.getClassLoader().getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
