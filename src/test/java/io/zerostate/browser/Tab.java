package io.zerostate.browser;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One page of a browser, as a person meets it: goes to addresses, clicks, types, and waits for what it shows. */
public final class Tab implements AutoCloseable {
    private static final long PATIENCE_MS = 40_000;

    private final DevTools tools;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Tab(DevTools tools) {
        this.tools = tools;
        tools.on("Runtime.exceptionThrown", event -> complaints.add(event.getJsonObject("exceptionDetails").encode()));
        tools.on("Log.entryAdded", event -> {
            JsonObject entry = event.getJsonObject("entry");
            // What the API refuses is part of what a page is tested with.
            boolean refusal = "network".equals(entry.getString("source")) && String.valueOf(entry.getString("url")).contains("/api/");
            if ("error".equals(entry.getString("level")) && !refusal) {
                complaints.add(entry.getString("source") + ": " + entry.getString("text") + " " + entry.getString("url"));
            }
        });
        tools.on("Network.requestWillBeSent", event -> requests.add(event.getJsonObject("request").getString("url")));
        tools.on("Page.javascriptDialogOpening", event -> complaints.add("dialog: " + event.getString("message")));
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "DOM")) {
            command(domain + ".enable");
        }
    }

    /** Goes to an address, and returns once the page has loaded. */
    public Tab open(String url) {
        JsonObject answer = tools.send("Page.navigate", new JsonObject().put("url", url));
        if (answer.containsKey("errorText")) {
            throw new AssertionError(url + ": " + answer.getString("errorText"));
        }
        return await("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** Runs in each page before the scripts of its own. */
    public Tab first(String script) {
        tools.send("Page.addScriptToEvaluateOnNewDocument", new JsonObject().put("source", script));
        return this;
    }

    /** The value of an expression, which may be a promise. */
    public Object evaluate(String expression) {
        JsonObject answer = tools.send(
                "Runtime.evaluate",
                new JsonObject().put("expression", expression).put("awaitPromise", true).put("returnByValue", true));
        JsonObject failure = answer.getJsonObject("exceptionDetails");
        if (failure != null) {
            throw new AssertionError(expression + ": " + failure.encode());
        }
        return answer.getJsonObject("result").getValue("value");
    }

    public String text(String expression) {
        return String.valueOf(evaluate(expression));
    }

    public int number(String expression) {
        return ((Number) evaluate(expression)).intValue();
    }

    /** Returns once an expression is true of the page. */
    public Tab await(String condition) {
        Object met = evaluate("""
                new Promise((resolve) => {
                  const until = performance.now() + %d;
                  const look = () => {
                    let met = false;
                    try { met = Boolean(%s); } catch { met = false; }
                    if (met || performance.now() > until) resolve(met);
                    else setTimeout(look, 20);
                  };
                  look();
                })""".formatted(PATIENCE_MS, condition));
        if (!Boolean.TRUE.equals(met)) {
            throw new AssertionError("never came true: " + condition + "\non a page that says: "
                    + text("document.body.innerText") + "\nand complained of: " + complaints);
        }
        return this;
    }

    /** Returns once the text of the page, or of the first element that {@code selector} finds, has {@code text} in it. */
    public Tab awaitText(String selector, String text) {
        return await("(document.querySelector(%s)?.innerText ?? '').includes(%s)".formatted(quoted(selector), quoted(text)));
    }

    public Tab awaitElement(String selector) {
        return await("document.querySelector(" + quoted(selector) + ")");
    }

    /** Clicks where the element is, as a mouse does: what covers it gets the click. */
    public Tab click(String selector) {
        JsonObject place = place(selector);
        for (String type : List.of("mousePressed", "mouseReleased")) {
            tools.send("Input.dispatchMouseEvent", place.copy().put("type", type).put("button", "left").put("clickCount", 1));
        }
        return this;
    }

    private JsonObject place(String selector) {
        awaitElement(selector);
        return new JsonObject(text("""
                (() => {
                  const element = document.querySelector(%s);
                  element.scrollIntoView({ block: 'center', behavior: 'instant' });
                  const { left, top, width, height } = element.getBoundingClientRect();
                  return JSON.stringify({ x: left + width / 2, y: top + height / 2 });
                })()""".formatted(quoted(selector))));
    }

    /** Puts the focus on a field and replaces what is in it. */
    public Tab type(String selector, String text) {
        awaitElement(selector);
        evaluate("(() => { const field = document.querySelector(%s); field.focus(); field.select?.(); })()".formatted(quoted(selector)));
        tools.send("Input.insertText", new JsonObject().put("text", text));
        return this;
    }

    /** @param key such as {@code Enter}, {@code Tab} or {@code ArrowDown} */
    public Tab press(String key) {
        JsonObject event = new JsonObject().put("key", key).put("code", key);
        switch (key) {
            case "Enter" -> event.put("windowsVirtualKeyCode", 13).put("text", "\r");
            case "Tab" -> event.put("windowsVirtualKeyCode", 9);
            case "Escape" -> event.put("windowsVirtualKeyCode", 27);
            default -> event.put("text", key);
        }
        tools.send("Input.dispatchKeyEvent", event.copy().put("type", "keyDown"));
        tools.send("Input.dispatchKeyEvent", event.copy().put("type", "keyUp"));
        return this;
    }

    /** Chooses a file in a file field. */
    public Tab choose(String selector, Path file) {
        JsonObject root = command("DOM.getDocument").getJsonObject("root");
        JsonObject found = tools.send(
                "DOM.querySelector", new JsonObject().put("nodeId", root.getInteger("nodeId")).put("selector", selector));
        tools.send(
                "DOM.setFileInputFiles",
                new JsonObject()
                        .put("nodeId", found.getInteger("nodeId"))
                        .put("files", new JsonArray().add(file.toAbsolutePath().toString())));
        return this;
    }

    /** Drags a file from outside onto an element, and lets go. */
    public Tab drop(String selector, Path file) {
        JsonObject place = place(selector);
        JsonObject data = new JsonObject()
                .put("items", new JsonArray())
                .put("files", new JsonArray().add(file.toAbsolutePath().toString()))
                .put("dragOperationsMask", 1);
        for (String type : List.of("dragEnter", "dragOver", "drop")) {
            tools.send("Input.dispatchDragEvent", place.copy().put("type", type).put("data", data));
        }
        return this;
    }

    public Tab size(int width, int height) {
        return size(width, height, 1);
    }

    /** @param zoom 2 shows everything twice as large, which leaves room for half as much */
    public Tab size(int width, int height, int zoom) {
        tools.send(
                "Emulation.setDeviceMetricsOverride",
                new JsonObject()
                        .put("width", width / zoom)
                        .put("height", height / zoom)
                        .put("deviceScaleFactor", zoom)
                        .put("mobile", false));
        return this;
    }

    /** @param scheme light or dark */
    public Tab colours(String scheme) {
        tools.send(
                "Emulation.setEmulatedMedia",
                new JsonObject().put("features", new JsonArray()
                        .add(new JsonObject().put("name", "prefers-color-scheme").put("value", scheme))
                        .add(new JsonObject().put("name", "prefers-reduced-motion").put("value", "reduce"))));
        return this;
    }

    /** Writes a picture of what is on the screen. */
    public void picture(Path file) {
        JsonObject picture = tools.send("Page.captureScreenshot", new JsonObject().put("format", "png"));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(picture.getString("data")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Tab back() {
        evaluate("history.back()");
        return this;
    }

    public Tab reload() {
        command("Page.reload");
        return await("document.readyState === 'complete'");
    }

    /** Errors that the page caused so far: exceptions, files that are missing, broken policies, dialogs. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Addresses that the page asked for so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** A text as a literal of JavaScript. */
    public static String quoted(String text) {
        return new JsonArray().add(text).encode().replaceAll("^\\[|]$", "");
    }

    private JsonObject command(String method) {
        return tools.send(method, new JsonObject());
    }

    @Override
    public void close() {
        tools.close();
    }
}
