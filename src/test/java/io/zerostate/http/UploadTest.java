package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.multipart.MultipartForm;
import io.zerostate.agent.BinaryRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are refused before any other part is asked. */
class UploadTest {

    private static final Buffer SMALL = Buffer.buffer(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});

    @TempDir
    static Path directory;

    private static LoneEdge edge;

    @BeforeAll
    static void start() {
        edge = new LoneEdge(directory);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void aModuleOverTheLimitIsRefusedInAForm() throws IOException {
        Path file = Files.write(directory.resolve("large.wasm"), new byte[(int) BinaryRef.MAX_SIZE_BYTES + 1]);
        MultipartForm form = MultipartForm.create()
                .attribute("name", "large")
                .binaryFileUpload("wasm_binary", "large.wasm", file.toString(), "application/wasm");

        LoneEdge.problem(send(form), 413, "PAYLOAD_TOO_LARGE");
        assertNothingIsLeft();
    }

    @Test
    void aModuleOverTheLimitIsRefusedAsABody() {
        Buffer module = Buffer.buffer(new byte[(int) BinaryRef.MAX_SIZE_BYTES + 1]);

        LoneEdge.problem(edge.post("/api/v1/agents?name=large", "application/wasm", module), 413, "PAYLOAD_TOO_LARGE");
        assertNothingIsLeft();
    }

    @Test
    void aModuleWithoutADeclaredLengthIsRefusedOnceItIsOverTheLimit() throws IOException {
        Path file = Files.write(directory.resolve("chunked.wasm"), new byte[(int) BinaryRef.MAX_SIZE_BYTES + 1]);

        HttpResponse<Buffer> response = edge.vertx.fileSystem()
                .open(file.toString(), new OpenOptions())
                .compose(content -> edge.request(HttpMethod.POST, "/api/v1/agents?name=large")
                        .putHeader("Content-Type", "application/wasm")
                        .sendStream(content))
                .await();

        LoneEdge.problem(response, 413, "PAYLOAD_TOO_LARGE");
        assertNothingIsLeft();
    }

    @Test
    void aFormWithoutAModuleIsRefused() {
        JsonObject problem = LoneEdge.problem(send(MultipartForm.create().attribute("name", "a")), 400, "INVALID_REQUEST");

        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer")).isEqualTo("#/wasm_binary");
    }

    @Test
    void aModuleWithoutANameIsRefused() {
        LoneEdge.problem(edge.post("/api/v1/agents", "application/wasm", SMALL), 400, "INVALID_REQUEST");
        LoneEdge.problem(send(form()), 400, "INVALID_REQUEST");
    }

    @Test
    void aNameThatLooksLikeAPathIsRefused() {
        LoneEdge.problem(send(form().attribute("name", "../a")), 400, "INVALID_REQUEST");
        LoneEdge.problem(edge.post("/api/v1/agents?name=..%2Fa", "application/wasm", SMALL), 400, "INVALID_REQUEST");
    }

    @Test
    void aFieldThatIsNotKnownIsRefused() {
        JsonObject problem = LoneEdge.problem(
                send(form().attribute("name", "a").attribute("colour", "red")), 400, "INVALID_REQUEST");

        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer")).isEqualTo("#/colour");
    }

    @Test
    void limitsThatAreNoJsonAreRefused() {
        LoneEdge.problem(send(form().attribute("name", "a").attribute("limits", "{timeout")), 400, "INVALID_REQUEST");
    }

    @Test
    void limitsBeyondTheMaximumAre422() {
        LoneEdge.problem(
                send(form().attribute("name", "a").attribute("limits", "{\"memory_bytes\": 1073741825}")),
                422,
                "LIMIT_EXCEEDED");
    }

    /** That it is the registry which does not answer shows that everything before went well. */
    @Test
    void aGoodUploadGoesToTheRegistryAndLeavesNoFileBehind() {
        LoneEdge.problem(send(form().attribute("name", "a").attribute("capabilities", "[\"x\"]")), 503, "UNAVAILABLE");
        LoneEdge.problem(
                edge.post("/api/v1/agents?name=a&capabilities=x,y&version=1.5", "application/wasm", SMALL), 503, "UNAVAILABLE");
        assertNothingIsLeft();
    }

    private static MultipartForm form() {
        return MultipartForm.create().binaryFileUpload("wasm_binary", "a.wasm", SMALL, "application/wasm");
    }

    private static HttpResponse<Buffer> send(MultipartForm form) {
        return edge.request(HttpMethod.POST, "/api/v1/agents").sendMultipartForm(form).await();
    }

    /** Files go when their request has ended, which may be just after its answer has come: so the edge is asked until they went. */
    private static void assertNothingIsLeft() {
        assertTimeout(Duration.ofSeconds(10), () -> {
            while (files() > 0) {
                edge.get("/health/live");
            }
        });
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("uploads"))) {
            return files.count();
        }
    }
}
