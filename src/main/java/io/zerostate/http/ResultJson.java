package io.zerostate.http;

import io.vertx.core.json.JsonObject;
import io.zerostate.task.Bytes;
import io.zerostate.task.TaskResult;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Results as JSON. Output may be large: to be called off the event loop from {@link #LARGE_BYTES} on. */
final class ResultJson {

    /** Checking and encoding this much text takes about a millisecond. */
    static final int LARGE_BYTES = 64 * 1024;

    private ResultJson() {}

    static JsonObject result(TaskResult result) {
        JsonObject json = new JsonObject()
                .put("task_id", result.taskId().toString())
                .put("agent_id", result.agentId().toString())
                .put("exit_code", result.exitCode());
        putOutput(json, "stdout", result.stdout().bytes());
        putOutput(json, "stderr", result.stderr().bytes());
        return json.put("duration_ms", result.durationMs())
                .put("queue_ms", result.queueMs())
                .put("memory_peak_bytes", result.memoryPeakBytes())
                .put("error", result.failure() == null ? null : result.failure().message())
                .put("failure", TaskJson.failure(result.failure()))
                .put("truncated", result.stdout().truncated() || result.stderr().truncated())
                .put("attempt", result.attempt())
                .put("created_at", result.createdAt().toString());
    }

    /** Returns the bytes of output that a result carries. */
    static int outputBytes(TaskResult result) {
        return result.stdout().bytes().length() + result.stderr().bytes().length();
    }

    private static void putOutput(JsonObject json, String name, Bytes bytes) {
        String text = utf8(bytes);
        json.put(name, text);
        if (text == null) {
            json.put(name + "_base64", Base64.getEncoder().encodeToString(bytes.array()));
        }
    }

    /** Returns the text, or null when the bytes are not valid UTF-8. */
    private static @Nullable String utf8(Bytes bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.array())).toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }
}
