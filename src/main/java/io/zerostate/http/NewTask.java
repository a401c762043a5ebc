package io.zerostate.http;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.agent.Agent;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Input;
import io.zerostate.task.Labels;
import io.zerostate.task.LimitOverrides;
import io.zerostate.task.Limits;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.Schedule;
import io.zerostate.task.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A task as a client asks for it: a body that has the form of the contract's {@code NewTask}. What the form cannot say is
 * checked here, and reported with the field's place.
 */
final class NewTask {

    /** Most metadata in bytes of JSON text. */
    static final int MAX_METADATA_BYTES = 16 * 1024;

    private final JsonObject json;

    NewTask(JsonObject json) {
        this.json = json;
    }

    /** The id or the name of an agent. */
    String agent() {
        return json.getString("agent_id");
    }

    /**
     * Says exactly what is to be run.
     *
     * @param defaults where neither the task nor the agent says something
     * @param maximum beyond which nothing may be asked for
     * @throws ProblemException when a field is not valid or asks for too much
     * @throws io.zerostate.task.RefusedException when the sum of things asks for too much
     */
    TaskSpec spec(Agent agent, Limits defaults, Limits maximum, Instant now) {
        Limits limits = wishes().over(agent.manifest().limits().over(defaults, maximum), maximum);
        TaskSpec spec = new TaskSpec(program(agent), input(limits), limits, schedule(now), retry(), labels());
        if (spec.memoryBytes() > maximum.memoryBytes()) {
            throw limit("#/file_bytes", "memory_bytes and file_bytes come to " + spec.memoryBytes() + ", at most "
                    + maximum.memoryBytes() + " are allowed");
        }
        return spec;
    }

    private LimitOverrides wishes() {
        return new LimitOverrides(
                number("timeout_ms"),
                number("memory_bytes"),
                number("stdout_bytes"),
                number("stderr_bytes"),
                null,
                number("host_calls"),
                number("file_bytes"));
    }

    static Program program(Agent agent) {
        return new Program(agent.id(), agent.name(), agent.current().number(), agent.current().binary().sha256());
    }

    private Input input(Limits limits) {
        List<String> args = json.getJsonArray("args", new JsonArray()).stream().map(String.class::cast).toList();
        Map<String, String> env = new HashMap<>();
        json.getJsonObject("env", new JsonObject()).forEach(entry -> env.put(entry.getKey(), (String) entry.getValue()));
        long bytes = args.stream().mapToLong(NewTask::utf8Length).sum()
                + env.entrySet().stream().mapToLong(e -> utf8Length(e.getKey()) + utf8Length(e.getValue())).sum();
        if (bytes > Input.MAX_ARGS_AND_ENV_BYTES) {
            throw limit("#/args", "args and env have " + bytes + " bytes, at most " + Input.MAX_ARGS_AND_ENV_BYTES
                    + " are allowed");
        }
        return new Input(stdin(limits.inputBytes()), args, env, new NewFiles(json).within(limits.fileBytes()));
    }

    private Bytes stdin(long most) {
        Bytes stdin = json.containsKey("input_base64") ? decoded(json.getString("input_base64")) : text();
        if (stdin.length() > most) {
            String field = json.containsKey("input_base64") ? "input_base64" : "input";
            throw limit("#/" + field, field + " has " + stdin.length() + " bytes, at most " + most + " are allowed");
        }
        return stdin;
    }

    private Bytes text() {
        if (!json.containsKey("input")) {
            return Bytes.EMPTY;
        }
        Object input = json.getValue("input");
        return Bytes.ofUtf8(input instanceof String text ? text : Json.encode(input));
    }

    private static Bytes decoded(String base64) {
        try {
            return Bytes.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw Problem.invalidField("#/input_base64", "is not Base64").exception();
        }
    }

    private Schedule schedule(Instant now) {
        Priority priority = Priority.ofWireName(json.getString("priority", Priority.NORMAL.wireName()));
        String runAt = json.getString("run_at");
        if (runAt != null) {
            return new Schedule(priority, time("#/run_at", runAt));
        }
        Long delayMs = number("delay_ms");
        return new Schedule(priority, delayMs == null || delayMs == 0 ? Schedule.AT_ONCE : now.plusMillis(delayMs));
    }

    private static Instant time(String pointer, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.invalidField(pointer, "must be a date-time with an offset, such as 2026-01-31T12:00:00Z")
                    .exception();
        }
    }

    private RetryPolicy retry() {
        JsonObject retry = json.getJsonObject("retry");
        if (retry == null) {
            return RetryPolicy.DEFAULT;
        }
        RetryPolicy otherwise = RetryPolicy.DEFAULT;
        return new RetryPolicy(
                retry.getNumber("max_retries", otherwise.maxRetries()).intValue(),
                retry.getNumber("delay_ms", otherwise.delayMs()).longValue(),
                retry.getNumber("factor", otherwise.factor()).doubleValue(),
                retryOn(retry.getJsonArray("retry_on")));
    }

    private static Set<ErrorCode> retryOn(@Nullable JsonArray kinds) {
        return kinds == null
                ? RetryPolicy.DEFAULT.retryOn()
                : kinds.stream().map(kind -> ErrorCode.ofKind((String) kind)).collect(Collectors.toSet());
    }

    private Labels labels() {
        String metadata = json.getJsonObject("metadata", new JsonObject()).encode();
        long bytes = utf8Length(metadata);
        if (bytes > MAX_METADATA_BYTES) {
            throw limit("#/metadata", "metadata has " + bytes + " bytes, at most " + MAX_METADATA_BYTES + " are allowed");
        }
        return new Labels(json.getString("query", ""), metadata);
    }

    private @Nullable Long number(String name) {
        return json.getValue(name) instanceof Number number ? number.longValue() : null;
    }

    private static long utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static ProblemException limit(String pointer, String detail) {
        return new Problem(ErrorCode.LIMIT_EXCEEDED, detail + ".", List.of(FieldError.body(pointer, detail))).exception();
    }
}
