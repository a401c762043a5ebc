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
    /** Nearly two seconds, in small steps. */
    LONG("ticker"),
    /** Fails each time, and is retried once. */
    FAILING("exit_3");

    private static final int RETRY_DELAY_MS = 500;
    private static final int TIMEOUT_MS = 60_000;

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
        // What is tested is not how fast a loaded machine is.
        JsonObject task = new JsonObject().put("agent_id", module).put("timeout_ms", TIMEOUT_MS);
        return switch (this) {
            case SHORT, WITNESS -> task;
            case LONG -> task.put("args", new JsonArray().add("10").add("200"));
            case FAILING -> task.put("retry", new JsonObject().put("max_retries", 1).put("delay_ms", RETRY_DELAY_MS));
        };
    }

    /** So many take long that each node always has some to lose. */
    static Program any(RandomGenerator chance) {
        return switch (chance.nextInt(10)) {
            case 0, 1, 2 -> SHORT;
            case 3, 4 -> WITNESS;
            case 5, 6, 7, 8 -> LONG;
            default -> FAILING;
        };
    }
}
