package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.zerostate.config.DatabaseSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on a database that is there already, closed to whoever has no key. */
class ServeIT {
    private static final String KEY = "open sesame";

    @TempDir
    Path dataDir;

    @Test
    void servesWhoeverHasTheKeyAndTellsNobodyItsSecrets() throws Exception {
        DatabaseSettings database = SharedPostgres.newDatabase();
        Map<String, String> environment = Map.of(
                "ZEROSTATE_DATABASE_URL", database.url(),
                "ZEROSTATE_DATABASE_USER", database.user(),
                "ZEROSTATE_DATABASE_PASSWORD", database.password(),
                "ZEROSTATE_HTTP_HOST", "0.0.0.0",
                "ZEROSTATE_HTTP_PORT", "0",
                "ZEROSTATE_HTTP_API_KEY", KEY,
                "ZEROSTATE_NODE_DATA_DIR", dataDir.toString());
        try (ChildProcess process = ChildProcess.start(environment, "serve")) {
            String ready = process.awaitOut(text -> text.endsWith("\n")).strip();
            int port = URI.create(ready.replaceFirst("^ready ", "")).getPort();
            URI tasks = URI.create("http://127.0.0.1:" + port + "/api/v1/tasks");
            try (JsonClient client = new JsonClient(tasks)) {
                assertThat(client.get("/api/v1/tasks").status()).isEqualTo(401);
                JsonClient.Answer withKey =
                        client.send(HttpRequest.newBuilder(tasks).header("Authorization", "Bearer " + KEY));
                assertThat(withKey.status()).isEqualTo(200);
                assertThat(withKey.json()).isEqualTo(new JsonObject("{\"items\": [], \"next_cursor\": null}"));
            }
            process.terminate();
            assertThat(process.exitCode()).isZero();
            assertThat(process.err()).contains("\"starting\"").doesNotContain(KEY, database.password());
        }
    }
}
