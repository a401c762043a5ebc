package io.zerostate.app.command;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.config.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a task is made of, as options. */
final class NewTaskOptions {
    @Parameters(paramLabel = "AGENT", description = "The agent's id or name.")
    private String agent;

    @Mixin
    private InputOption input;

    @Option(names = "--arg", paramLabel = "ARG", description = "An argument; may be repeated.")
    private List<String> args = List.of();

    @Option(names = "--env", paramLabel = "KEY=VALUE", description = "A variable; may be repeated.")
    private Map<String, String> env = new LinkedHashMap<>();

    @Option(names = "--timeout", paramLabel = "TIME", description = "Bound of one attempt, such as 10s.")
    private @Nullable String timeout;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Bound of its memory, such as 128MiB.")
    private @Nullable String memory;

    @Option(names = "--host-calls", paramLabel = "N", description = "Bound of its calls of WASI functions.")
    private @Nullable Long hostCalls;

    @Mixin
    private FileOptions files;

    @Option(names = "--file-quota", paramLabel = "SIZE", description = "Bound of all its files, such as 16MiB.")
    private @Nullable String fileQuota;

    @Option(names = "--priority", paramLabel = "P", description = "low, normal, high or critical.")
    private @Nullable String priority;

    @Option(names = "--delay", paramLabel = "TIME", description = "Not before this time has passed, such as 5m.")
    private @Nullable String delay;

    @Option(names = "--max-retries", paramLabel = "N", description = "How often to try again after a failure.")
    private @Nullable Integer maxRetries;

    @Option(names = "--title", paramLabel = "TEXT", description = "A title for people.")
    private @Nullable String title;

    @Option(names = "--metadata", paramLabel = "JSON", description = "A JSON object to keep with the task.")
    private @Nullable String metadata;

    @Option(names = "--idempotency-key", paramLabel = "KEY", description = "The same key submits the same task once.")
    private @Nullable String idempotencyKey;

    String[] headers() {
        return idempotencyKey == null ? new String[0] : new String[] {"Idempotency-Key", idempotencyKey};
    }

    JsonObject body() throws CommandFailedException {
        JsonObject body = new JsonObject().put("agent_id", agent);
        input.putInto(body);
        if (!args.isEmpty()) {
            body.put("args", new JsonArray(List.copyOf(args)));
        }
        if (!env.isEmpty()) {
            JsonObject variables = new JsonObject();
            env.forEach(variables::put);
            body.put("env", variables);
        }
        put(body, "timeout_ms", timeout == null ? null : quantity("--timeout", () -> Quantity.milliseconds(timeout)));
        put(body, "memory_bytes", memory == null ? null : quantity("--memory", () -> Quantity.bytes(memory)));
        put(body, "host_calls", hostCalls);
        put(body, "files", files.json());
        put(body, "file_bytes", fileQuota == null ? null : quantity("--file-quota", () -> Quantity.bytes(fileQuota)));
        put(body, "delay_ms", delay == null ? null : quantity("--delay", () -> Quantity.milliseconds(delay)));
        put(body, "priority", priority);
        put(body, "query", title);
        put(body, "retry", maxRetries == null ? null : new JsonObject().put("max_retries", maxRetries));
        put(body, "metadata", metadata == null ? null : object("--metadata", metadata));
        return body;
    }

    private static void put(JsonObject body, String key, @Nullable Object value) {
        if (value != null) {
            body.put(key, value);
        }
    }

    private static long quantity(String option, LongSupplier parse) throws CommandFailedException {
        try {
            return parse.getAsLong();
        } catch (IllegalArgumentException bad) {
            throw new CommandFailedException(option + " " + bad.getMessage());
        }
    }

    private static JsonObject object(String option, String json) throws CommandFailedException {
        try {
            return new JsonObject(json);
        } catch (DecodeException notJson) {
            throw new CommandFailedException(option + " must be a JSON object");
        }
    }
}
