package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.browser.Chromium;
import io.zerostate.browser.Tab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person does with the console, in a real browser. */
@Timeout(180)
class ConsoleTest {
    private static final long LARGEST_PAGE_BYTES = 400 * 1024;

    private static Chromium chromium;
    private static TestNode node;

    private Tab tab;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        node = TestNode.start();
        for (String agent : List.of("ticker", "exit_3", "endless", "hello_c", "all_bytes")) {
            node.upload(agent + ".wasm", agent);
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

    @BeforeEach
    void open() {
        tab = chromium.tab();
    }

    @AfterEach
    void close() {
        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests()).allMatch(url -> url.startsWith(node.uri().toString()) || url.startsWith("data:"));
        tab.close();
    }

    private Tab at(String path) {
        return tab.open(node.uri() + path);
    }

    private static String submit(JsonObject task) {
        return node.client().post("/api/v1/tasks", task).json().getString("task_id");
    }

    @Test
    void anAgentIsUploadedAndItsReportSaysWhatItCanDo() {
        agents().choose("#upload-file", Path.of("tests/wasm/wordcount.wasm"));
        tab.await("document.querySelector('#upload-name').value === 'wordcount'").click("#upload-submit");
        tab.awaitText("#upload-outcome", "reads its input");
        tab.awaitText("main .list", "wordcount");
    }

    @Test
    void aModuleIsDroppedOntoTheForm() {
        agents().drop(".drop", Path.of("tests/wasm/factor.wasm")).awaitText(".drop-text", "factor.wasm");
        tab.await("document.querySelector('#upload-name').value === 'factor'").click("#upload-submit");
        tab.awaitText("#upload-status", "Uploaded factor").awaitText("main .list", "factor");
        assertThat(tab.text("location.pathname")).isEqualTo("/agents");
        // Elsewhere on the page as well, and beside it nothing happens: the browser does not go to the file.
        tab.drop("main .list", Path.of("tests/wasm/exit_0.wasm")).awaitText(".drop-text", "exit_0.wasm");
        tab.drop(".top", Path.of("tests/wasm/exit_1.wasm"));
        assertThat(tab.text("document.querySelector('.drop-text').innerText + location.pathname")).contains("exit_0").endsWith("/agents");
    }

    private Tab agents() {
        return at("/agents").awaitText("main .list", "ticker");
    }

    @Test
    void whatCannotBeAnAgentIsRefusedWithTheReason() {
        agents().choose("#upload-file", Path.of("tests/wasm/foreign_import.wasm"));
        tab.await("document.querySelector('#upload-name').value !== ''").click("#upload-submit");
        tab.await("document.querySelector('#upload-status').dataset.kind === 'bad'").awaitText("#upload-status", "import");
    }

    @Test
    void anAgentIsTriedWithAnInputThatIsChecked() {
        node.upload("wordcount.wasm", "counts-words");
        at("/agents/counts-words").awaitElement("#try-input");
        tab.click("input[value='JSON']").type("#try-input", "{\"words\": ");
        tab.await("document.querySelector('#try-hint').dataset.kind === 'bad' && document.querySelector('#try-submit').disabled");
        tab.type("#try-input", "{\"words\": 1}").awaitText("#try-hint", "Valid JSON").click("#try-submit");
        tab.await("location.pathname.startsWith('/tasks/')").awaitText("h1 + .badge", "Completed");
    }

    @Test
    void outputIsSeenWhileATaskRuns() {
        String id = submit(new JsonObject().put("agent_id", "ticker").put("args", new JsonArray().add("40").add("100")));
        at("/tasks/" + id).awaitText(".output-text", "tick 3");
        assertThat(tab.text("document.querySelector('h1 + .badge').innerText")).isEqualTo("Running");
        // The link comes with the stored result; until then what streamed in stands there.
        tab.awaitText("h1 + .badge", "Completed").awaitElement(".output-raw a");
        assertThat(tab.text("document.querySelector('.output-text').textContent"))
                .isEqualTo(node.client().get("/api/v1/tasks/" + id + "/stdout").text());
    }

    @Test
    void theWayOfATaskThroughItsAttemptsIsShown() {
        String id = submit(new JsonObject()
                .put("agent_id", "exit_3")
                .put("retry", new JsonObject().put("max_retries", 2).put("delay_ms", 300)));
        at("/tasks/" + id).awaitText("h1 + .badge", "Failed").awaitText(".timeline", "Attempt 3 on ");
        assertThat(tab.text("document.querySelector('.timeline').innerText")).contains("Retrying", "The program exited with code 3");
    }

    @Test
    void aRunningTaskIsCancelledAndRunAgain() {
        String id = submit(new JsonObject().put("agent_id", "endless").put("timeout_ms", 60_000));
        at("/tasks/" + id).awaitText("h1 + .badge", "Running").click("#task-cancel").awaitText("h1 + .badge", "Cancelled");
        tab.click("#task-execute").click("dialog .primary");
        tab.await("location.pathname !== '/tasks/" + id + "'").awaitText("h1 + .badge", "Running").click("#task-cancel");
        tab.awaitText("h1 + .badge", "Cancelled");
    }

    @Test
    void bytesAreShownInHexAndJsonAsATree() {
        at("/tasks/" + submit(new JsonObject().put("agent_id", "all_bytes"))).awaitText(".hex", "00000000  00 01 02 03");
        at("/tasks/" + submit(new JsonObject()
                        .put("agent_id", "hello_c")
                        .put("input", new JsonObject().put("price", 3))))
                .awaitText(".json", "price: 3");
    }

    @Test
    void aCommandRepeatsTheTask() {
        String id = submit(new JsonObject()
                .put("agent_id", "hello_c")
                .put("input", "it's")
                .put("args", new JsonArray().add("$HOME \"x\"")));
        at("/tasks/" + id).awaitText("#curl", "it'\\''s");
        assertThat(tab.text("document.querySelector('#curl').textContent")).contains("$HOME \\\"x\\\"");
    }

    @Test
    void filtersLiveInTheAddress() {
        submit(new JsonObject().put("agent_id", "exit_3").put("retry", new JsonObject().put("max_retries", 0)));
        submit(new JsonObject().put("agent_id", "hello_c"));
        at("/tasks").awaitElement(".tasks .row");
        tab.evaluate("""
                (() => { const field = document.querySelector('#filter-status'); field.value = 'failed';
                  field.dispatchEvent(new Event('change')); })()""");
        tab.await("location.search === '?status=failed'");
        String only = "[...document.querySelectorAll('.tasks .badge')].every((badge) => badge.dataset.status === 'failed')"
                + " && document.querySelectorAll('.tasks .badge').length > 0";
        tab.await(only).reload().await(only).await("document.querySelector('#filter-status').value === 'failed'");
        tab.click(".tasks .row-link").await("location.pathname !== '/tasks'");
        tab.back().await("location.search === '?status=failed'").await(only);
        tab.back().await("location.search === '' && document.querySelector('#filter-status').value === ''");
    }

    @Test
    void manyAreRunAgainAndCancelledTogetherAfterACount() {
        String agent = node.upload("hello_c.wasm", "many").getString("id");
        for (int i = 0; i < 3; i++) {
            node.run(new JsonObject().put("agent_id", "many"));
        }
        for (int i = 0; i < 2; i++) {
            submit(new JsonObject().put("agent_id", "many").put("delay_ms", 3_600_000));
        }
        at("/tasks?agent_id=" + agent).await("document.querySelectorAll('.tasks .row').length === 5");
        tab.click("#bulk-cancel").awaitText("#dialog-title", "Cancel 2 tasks?").click("dialog .danger");
        tab.awaitText("#bulk-status", "2 cancelled");
        tab.await("document.querySelectorAll(\".badge[data-status='cancelled']\").length === 2");
        tab.click("#select-all").awaitText(".bulk", "5 selected").click("#bulk-rerun");
        tab.awaitText("#dialog-title", "Run 5 tasks again?").click("dialog .primary");
        tab.awaitText("#bulk-status", "5 started again").await("document.querySelectorAll('.tasks .row').length === 10");
    }

    @Test
    void theListOfTasksIsLive() {
        at("/tasks").awaitElement(".tasks .row");
        String id = submit(new JsonObject().put("agent_id", "ticker").put("query", "seen at once").put("args", new JsonArray().add("5").add("100")));
        tab.awaitText(".tasks", "seen at once")
                .await("document.querySelector('.tasks a[href=\"/tasks/" + id + "\"] .badge').dataset.status === 'completed'");
    }

    @Test
    void theOverviewAndTheNodesTellHowTheNodeIsDoing() {
        at("/").awaitText(".figures", "Workers busy");
        tab.click(".nav a[href='/nodes']").awaitText(".node", "api, executor").awaitText("main", "PostgreSQL answers");
        assertThat(tab.text("document.title")).isEqualTo("Nodes \u00b7 ZeroState");
    }

    @Test
    void everythingCanBeReachedByTheKeyboard() {
        at("/").awaitElement(".figures");
        tab.press("Tab");
        assertThat(tab.text("document.activeElement.className")).isEqualTo("skip");
        tab.press("Enter").press("Tab");
        assertThat(tab.evaluate("document.querySelector('main').contains(document.activeElement)")).isEqualTo(true);
    }

    @Test
    void anAddressWithoutAPageOrATaskSaysSo() {
        at("/tasks/0198c0de-0000-7000-8000-000000000000").awaitText("main", "There is no such task");
    }

    @Test
    void theConsoleIsSmall() {
        at("/").awaitElement(".figures").await("window.uPlot");
        for (String page : List.of("/agents", "/tasks", "/nodes")) {
            tab.click(".nav a[href='" + page + "']").awaitElement("main h1");
        }
        tab.click(".nav a[href='/tasks']").click(".tasks .row-link").awaitElement(".timeline");
        tab.click(".facts a[href^='/agents/']").awaitElement("#try-input");
        int bytes = tab.number("""
                performance.getEntriesByType('resource').filter((entry) => !entry.name.includes('/api/') && !entry.name.includes('/eventbus/'))
                  .reduce((sum, entry) => sum + entry.decodedBodySize, performance.getEntriesByType('navigation')[0].decodedBodySize)""");
        assertThat((long) bytes).isBetween(50_000L, LARGEST_PAGE_BYTES);
    }
}
