package io.zerostate.faults;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** What the load runs. */
enum Program {
    /** Milliseconds. */
    SHORT("hello_c"),
    /** Writes the number of its attempt, so that a result tells whose it is. */
    WITNESS("echo_env"),
    /** A second, in small steps. */
    LONG("ticker"),
    /** Fails each time, and is retried once. */
    FAILING("exit_3");

    private static final int RETRY_DELAY_MS = 500;

    private final String module;

    Program(String module) {
        this.module = module;
    }

    String agent() {
        return module;
    }

    Path file() {
        return Path.of("tests", "wasm", module + ".wasm");
    }

    /** A task, as it is posted. */
    JsonObject task() {
        JsonObject task = new JsonObject().put("agent_id", module);
        return switch (this) {
            case SHORT, WITNESS -> task;
            case LONG -> task.put("args", new JsonArray().add("5").add("200"));
            case FAILING -> task.put("retry", new JsonObject().put("max_retries", 1).put("delay_ms", RETRY_DELAY_MS));
        };
    }

    /** Half of all are short. */
    static Program any(RandomGenerator chance) {
        return switch (chance.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> SHORT;
            case 5, 6 -> WITNESS;
            case 7, 8 -> LONG;
            default -> FAILING;
        };
    }
}
