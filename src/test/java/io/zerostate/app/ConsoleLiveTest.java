package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.browser.Chromium;
import io.zerostate.browser.Tab;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page keeps itself current, and takes nothing away from whoever is typing, marking, reading or going through it by keyboard. */
@Timeout(180)
class ConsoleLiveTest {
    private static Chromium chromium;
    private static TestNode node;

    private Tab tab;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        node = TestNode.start();
        for (String agent : List.of("ticker", "exit_3", "hello_c", "wordcount")) {
            node.upload(agent + ".wasm", agent);
        }
        for (int i = 0; i < 5; i++) {
            node.run(hello("before " + i));
        }
    }

    private static JsonObject hello(String title) {
        return new JsonObject().put("agent_id", "hello_c").put("query", title);
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

    @BeforeEach
    void open() {
        tab = chromium.tab();
    }

    @AfterEach
    void close() {
        assertThat(tab.complaints()).isEmpty();
        tab.close();
    }

    private Tab at(String path) {
        return tab.open(node.uri() + path).awaitText("#connection", "Live");
    }

    @Test
    void whatIsTypedIntoAFormStays() throws FileNotFoundException {
        at("/agents/wordcount").awaitText(".version", "Version 1").click(".report > summary");
        tab.type("#try-args", "-l").type("#try-query", "mine").type("#try-input", "one two three");
        tab.evaluate("document.querySelector('#try-input').setSelectionRange(4, 7)");
        JsonClient.Answer answer = node.client()
                .post("/api/v1/agents/wordcount/versions", "application/wasm", BodyPublishers.ofFile(Path.of("tests/wasm/factor.wasm")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        tab.awaitText("main", "Version 2");
        node.run(new JsonObject().put("agent_id", "wordcount").put("query", "by somebody else").put("args", new JsonArray().add("6")));
        tab.awaitText(".tasks", "by somebody else");
        assertThat(tab.text("[document.activeElement.id, ...['args', 'query', 'input'].map((name) => document.querySelector('#try-' + name).value)].join()"))
                .isEqualTo("try-input,-l,mine,one two three");
        assertThat(tab.text("getSelection().toString()")).isEqualTo("two");
        assertThat(tab.evaluate("document.querySelector('.report').open")).isEqualTo(true);
    }

    @Test
    void whatIsMarkedOrFocusedOnATaskStays() {
        String id = node.client().post("/api/v1/tasks", new JsonObject()
                        .put("agent_id", "exit_3")
                        .put("retry", new JsonObject().put("max_retries", 3).put("delay_ms", 1_000).put("factor", 1)))
                .json().getString("task_id");
        at("/tasks/" + id).awaitText(".timeline", "Attempt 1 on ").awaitElement("#task-cancel");
        tab.evaluate("getSelection().selectAllChildren(document.querySelector('.facts .id'))");
        tab.evaluate("document.querySelector('#task-cancel').focus()");
        tab.awaitText(".timeline", "Attempt 3 on ");
        assertThat(tab.text("getSelection().toString()")).isEqualTo(id);
        assertThat(tab.text("document.activeElement.id")).isEqualTo("task-cancel");
        tab.awaitText("h1 + .badge", "Failed");
        assertThat(tab.text("getSelection().toString()")).isEqualTo(id);
    }

    @Test
    void anAnswerThatIsAheadOfTheMessagesTellsTheEndAsWell() {
        tab.first("""
                window.WebSocket = class extends WebSocket {
                  set onmessage(handler) { super.onmessage = (event) => setTimeout(() => handler(event), 400); }
                };""");
        String id = node.client().post("/api/v1/tasks", new JsonObject()
                        .put("agent_id", "exit_3")
                        .put("retry", new JsonObject().put("max_retries", 1).put("delay_ms", 2_000)))
                .json().getString("task_id");
        at("/tasks/" + id).awaitText(".timeline", "Attempt 2 on ").awaitText("h1 + .badge", "Failed").awaitElement("#task-execute");
    }

    @Test
    void whatIsDownIsSaidWhileTheRestDoesNotAnswer() {
        tab.first("""
                const asked = window.fetch;
                const down = JSON.stringify({ status: 'down', checks: [{ name: 'postgres', status: 'down', message: 'It does not answer' }] });
                window.fetch = (path, options) => path === '/health' ? Promise.resolve(new Response(down, { status: 503 }))
                  : path === '/api/v1/queue' ? new Promise(() => {}) : asked(path, options);""");
        at("/").awaitText("#attention", "postgres is down: It does not answer");
        at("/nodes").awaitText(".check", "It does not answer");
    }

    @Test
    void aRowKeepsTheFocusAndItsTickWhenOthersComeIn() {
        at("/tasks").await("document.querySelectorAll('.tasks .row').length >= 5");
        String path = tab.text("(() => { const row = document.querySelectorAll('.tasks .row-link')[2]; row.focus(); return row.pathname; })()");
        node.run(hello("comes in above"));
        tab.awaitText(".tasks", "comes in above");
        assertThat(tab.text("document.activeElement.pathname")).isEqualTo(path);
        tab.click(".tasks .row input").awaitText(".bulk", "1 selected");
        node.run(hello("waits to be shown"));
        tab.await("!document.querySelector('.fresh').hidden").click(".fresh").awaitText(".tasks", "waits to be shown");
        assertThat(tab.number("document.querySelectorAll('.tasks input:checked').length")).isEqualTo(1);
    }

    @Test
    void anAgentKeepsTheFocusWhenOthersComeIn() {
        at("/agents").awaitText("main .list", "ticker");
        String path = tab.text("(() => { const row = document.querySelectorAll('.list .row-link')[1]; row.focus(); return row.pathname; })()");
        node.upload("hello_c.wasm", "comes-in");
        tab.awaitText("main .list", "comes-in");
        assertThat(tab.text("document.activeElement.pathname")).isEqualTo(path);
    }

    @Test
    void outputThatGrowsLeavesTheReaderWhereHeIs() {
        String id = node.client().post("/api/v1/tasks", new JsonObject()
                        .put("agent_id", "ticker")
                        .put("args", new JsonArray().add("150").add("40")))
                .json().getString("task_id");
        at("/tasks/" + id).awaitText(".output-text", "tick 45");
        tab.evaluate("document.querySelector('.output-text').scrollTop = 40");
        tab.awaitText("h1 + .badge", "Completed").awaitText(".output-text", "tick 150").awaitElement(".output-raw a");
        assertThat(tab.number("document.querySelector('.output-text').scrollTop")).isEqualTo(40);
    }

    @Test
    void theOverviewKeepsTheFocusWhileItsFiguresChange() {
        at("/").awaitText(".tasks", "hello_c");
        String path = tab.text("(() => { const row = document.querySelector('.tasks .row-link'); row.focus(); return row.pathname; })()");
        node.run(hello("newest of all"));
        tab.awaitText(".tasks", "newest of all");
        assertThat(tab.text("document.activeElement.pathname")).isEqualTo(path);
    }
}
