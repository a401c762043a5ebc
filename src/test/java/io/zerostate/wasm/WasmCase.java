package io.zerostate.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.FileSet;
import io.zerostate.task.Input;
import io.zerostate.task.Limits;
import io.zerostate.task.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file {@code tests/wasm/cases/NAME.case.json}; the format is described in {@code tests/wasm/README.md}. */
public record WasmCase(String name, JsonNode json) {
    private static final Path FOLDER = Path.of("tests", "wasm");
    private static final Path CASES = FOLDER.resolve("cases");
    private static final String SUFFIX = ".case.json";

    public static List<WasmCase> all() {
        ObjectMapper mapper = new ObjectMapper();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<WasmCase> cases = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
                String name = file.getFileName().toString();
                cases.add(new WasmCase(
                        name.substring(0, name.length() - SUFFIX.length()), mapper.readTree(file.toFile())));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    public String module() {
        return json.get("module").asText();
    }

    /** Whether it is there to compute for long, see {@code tests/wasm/bench}. */
    boolean isKernel() {
        return module().startsWith("bench/");
    }

    Bytes wasm() {
        return Bytes.of(read(FOLDER.resolve(module())));
    }

    public boolean expectsRejection() {
        return expect().get("outcome").asText().equals(ErrorCode.REJECTED.kind());
    }

    public Invocation invocation() {
        List<String> args = new ArrayList<>();
        json.path("args").forEach(arg -> args.add(arg.asText()));
        Map<String, String> env = new HashMap<>();
        json.path("env").properties().forEach(entry -> env.put(entry.getKey(), entry.getValue().asText()));
        String program = module().substring(module().lastIndexOf('/') + 1, module().lastIndexOf('.'));
        var invocation = new Invocation(program, new Input(Bytes.of(bytes(json, "stdin")), args, env), limits());
        return json.has("files") ? invocation.withFiles(files()) : invocation;
    }

    private FileSet files() {
        Map<String, Bytes> files = new HashMap<>();
        json.path("files").properties().forEach(entry -> files.put(entry.getKey(), Bytes.ofUtf8(entry.getValue().asText())));
        return new FileSet(files, json.path("limits").path("file_bytes").asLong());
    }

    private Limits limits() {
        JsonNode limits = json.path("limits");
        return new Limits(
                limits.path("timeout_ms").asLong(Limits.DEFAULT.timeoutMs()),
                limits.path("memory_bytes").asLong(Limits.DEFAULT.memoryBytes()),
                limits.path("stdout_bytes").asLong(Limits.DEFAULT.stdoutBytes()),
                limits.path("stderr_bytes").asLong(Limits.DEFAULT.stderrBytes()));
    }

    private JsonNode expect() {
        return json.get("expect");
    }

    /** @param reason what the refusal says */
    public void checkRejection(String reason) {
        assertThat(reason).contains(expect().path("reason_contains").asText());
    }

    void check(RunReport report) {
        Failure failure = report.outcome().failure();
        check(failure == null ? "completed" : failure.code().kind(), report.outcome().exitCodeOrNull());
        checkOutput(
                report.stdout().bytes(), report.stderr().bytes(), report.stdout().truncated() || report.stderr().truncated());
    }

    /**
     * Holds the end of a run against the case.
     *
     * @param kind {@code completed}, or the kind of the failure
     * @param exitCode null when there is none
     */
    public void check(String kind, @Nullable Integer exitCode) {
        // A program that exits with another code than 0 has run to its end.
        String outcome = kind.equals(ErrorCode.EXIT.kind()) ? "completed" : kind;
        assertThat(outcome).isEqualTo(expect().get("outcome").asText());
        if (expect().has("exit_code")) {
            assertThat(exitCode).isEqualTo(expect().get("exit_code").asInt());
        }
    }

    /** Holds what a run has written against the case. */
    public void checkOutput(Bytes stdout, Bytes stderr, boolean truncated) {
        checkStream("stdout", stdout.array());
        checkStream("stderr", stderr.array());
        if (expect().has("truncated")) {
            assertThat(truncated).isEqualTo(expect().get("truncated").asBoolean());
        }
    }

    private void checkStream(String stream, byte[] actual) {
        if (expect().has(stream) || expect().has(stream + "_base64") || expect().has(stream + "_file")) {
            assertThat(new String(actual, StandardCharsets.UTF_8))
                    .as(stream)
                    .isEqualTo(new String(bytes(expect(), stream), StandardCharsets.UTF_8));
        }
        if (expect().has(stream + "_contains")) {
            assertThat(new String(actual, StandardCharsets.UTF_8))
                    .as(stream)
                    .contains(expect().get(stream + "_contains").asText());
        }
        if (expect().has(stream + "_sha256")) {
            assertThat(sha256(actual)).as(stream).isEqualTo(expect().get(stream + "_sha256").asText());
        }
    }

    private static byte[] bytes(JsonNode node, String field) {
        if (node.has(field + "_file")) {
            return read(CASES.resolve(node.get(field + "_file").asText()));
        }
        if (node.has(field + "_base64")) {
            return Base64.getDecoder().decode(node.get(field + "_base64").asText());
        }
        return node.path(field).asText("").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
