package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.browser.Chromium;
import io.zerostate.browser.Tab;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The console of a node that has an API key. */
@Timeout(180)
class ConsoleKeyTest {
    private static final String KEY = "correct horse battery staple";

    private static Chromium chromium;
    private static TestNode node;

    private Tab tab;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        node = TestNode.start(Map.of("http.api_key", KEY));
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

    @Test
    void aWrongKeySaysSoAndTheRightOneGoesOn() {
        tab.open(node.uri() + "/agents").awaitText("#dialog[open]", "answers only with its API key");
        tab.type("#api-key", "wrong").press("Enter").awaitText("#dialog[open]", "does not take this API key");
        tab.type("#api-key", KEY).press("Enter").awaitText("main .list", "No agents yet");
        tab.choose("#upload-file", Path.of("tests/wasm/ticker.wasm")).await("document.querySelector('#upload-name').value === 'ticker'");
        tab.click("#upload-submit").awaitText("main .list", "ticker").click(".list .row-link");
        tab.type("#try-args", "2").click("#try-submit").awaitText("h1 + .badge", "Completed").awaitText(".output-text", "tick 2").awaitText("#curl", "Bearer $ZEROSTATE_API_KEY");
        tab.reload().awaitText("h1 + .badge", "Completed");
        assertThat(tab.evaluate("document.querySelector('#dialog').open")).isEqualTo(false);
    }

    @Test
    void whoHasNoKeyIsAskedOnceAndMayAskAgain() {
        tab.open(node.uri() + "/tasks").awaitText("#dialog[open]", "answers only with its API key").click("#dialog .quiet");
        tab.awaitText("main .list .notice", "API key").await("!document.querySelector('#dialog').open");
        tab.click(".nav a[href='/nodes']").awaitText(".nodes-grid .notice", "API key");
        assertThat(tab.evaluate("document.querySelector('#dialog').open")).isEqualTo(false);
        tab.click(".nodes-grid .notice button").awaitText("#dialog[open]", "answers only with its API key").type("#api-key", KEY).press("Enter");
        tab.awaitText(".node", "api, executor");
    }
}
