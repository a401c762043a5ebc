package io.zerostate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerostate.task.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {

    @TempDir
    Path directory;

    private static SettingsLoader.Loaded load(@Nullable Path file, Map<String, String> environment) {
        return new SettingsLoader(environment).load(file, Map.of());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("node.json"), text);
    }

    @Test
    void theDefaultsAreThoseOfTheInterface() {
        Settings settings = load(null, Map.of()).settings();

        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.http().maxJsonBytes()).isEqualTo(2 * 1024 * 1024);
        assertThat(settings.queue().lease()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.execution().defaults()).isEqualTo(Limits.DEFAULT);
        assertThat(settings.execution().maximum()).isEqualTo(Limits.MAXIMUM);
        assertThat(settings.execution().slots()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void aClusterIsMadeByNamingItsRedis() {
        assertThat(load(null, Map.of()).settings().isClustered()).isFalse();

        Settings settings = load(
                        null,
                        Map.of(
                                "ZEROSTATE_REDIS_URLS", "rediss://a:6380, rediss://b:6380",
                                "ZEROSTATE_CLUSTER_MEMBERS", "a,b:5702",
                                "ZEROSTATE_NODE_ROLES", "executor"))
                .settings();

        assertThat(settings.isClustered()).isTrue();
        assertThat(settings.redis().urls()).containsExactly(URI.create("rediss://a:6380"), URI.create("rediss://b:6380"));
        assertThat(settings.cluster().members()).containsExactly("a", "b:5702");
        assertThat(settings.node().is(Role.EXECUTOR)).isTrue();
        assertThat(settings.node().is(Role.API)).isFalse();
    }

    @Test
    void aFileOverridesDefaultsAndTheEnvironmentOverridesTheFileAndOptionsOverrideAll() throws IOException {
        Path file = file("{\"http\": {\"port\": 9000, \"max_json\": \"1MiB\"}, \"queue\": {\"lease\": \"20s\"}}");
        SettingsLoader loader = new SettingsLoader(Map.of("ZEROSTATE_HTTP_PORT", "9001", "ZEROSTATE_NODE_NAME", "n1"));

        Settings settings = loader.load(file, Map.of("node.name", "n2")).settings();

        assertThat(settings.http().port()).isEqualTo(9001);
        assertThat(settings.http().maxJsonBytes()).isEqualTo(1024 * 1024);
        assertThat(settings.queue().lease()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.node().name()).isEqualTo("n2");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnceInOneLine() throws IOException {
        Path file = file("{\"http\": {\"prot\": 1}, \"queue\": {\"lease\": 15}, \"database\": {\"password\": null}}");

        assertThatThrownBy(() -> load(file, Map.of("ZEROSTATE_HTTP_PORT", "80x", "ZEROSTATE_HTPP_PORT", "1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("unknown key http.prot in " + file)
                .hasMessageContaining("queue.lease must be a duration such as 500ms, 15s or 5m, but is \"15\" in " + file)
                .hasMessageContaining("database.password must be text")
                .hasMessageContaining("http.port must be a whole number, but is \"80x\" in variable ZEROSTATE_HTTP_PORT")
                .hasMessageContaining("unknown environment variable ZEROSTATE_HTPP_PORT")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "ZEROSTATE_HTTP_PORT,65536",
        "ZEROSTATE_HTTP_PORT,-1",
        "ZEROSTATE_HTTP_HOST,no.such.host.invalid",
        "ZEROSTATE_NODE_NAME,a b",
        "ZEROSTATE_NODE_DATA_DIR,''",
        "ZEROSTATE_DATABASE_URL,mysql://localhost/x",
        "ZEROSTATE_DATABASE_URL,postgresql://user:secret@localhost/x",
        "ZEROSTATE_DATABASE_POOL_SIZE,0",
        "ZEROSTATE_QUEUE_HEARTBEAT,8s",
        "ZEROSTATE_EXECUTION_DEFAULTS_MEMORY,2GiB",
        "ZEROSTATE_EXECUTION_MAXIMUM_TIMEOUT,1s",
        "ZEROSTATE_NODE_ROLES,''",
        "ZEROSTATE_NODE_ROLES,'api,worker'",
        "ZEROSTATE_REDIS_URLS,localhost:6379",
        "ZEROSTATE_REDIS_URLS,redis://user:secret@localhost:6379",
        "ZEROSTATE_S3_REGION,''",
        "ZEROSTATE_REDIS_NAMESPACE,{a}",
        "ZEROSTATE_QUEUE_MAX_UNFINISHED,0",
        "ZEROSTATE_CLUSTER_PORT,0",
        "ZEROSTATE_S3_PATH_STYLE,yes",
        "ZEROSTATE_S3_ENDPOINT,localhost:9000",
        "ZEROSTATE_S3_ACCESS_KEY,AKIA",
        "ZEROSTATE_LOG_FORMAT,xml"
    })
    void aValueThatCannotWorkStopsTheStart(String variable, String value) {
        String section = variable.substring("ZEROSTATE_".length()).toLowerCase(Locale.ROOT).split("_")[0];
        assertThatThrownBy(() -> load(null, Map.of(variable, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(section + ".");
    }

    @Test
    void aNodeWithLittleMemoryTakesSmallerTasksInsteadOfNotStarting() {
        SettingsLoader.Loaded loaded = load(null, Map.of("ZEROSTATE_EXECUTION_MEMORY", "100MiB"));
        assertThat(loaded.settings().execution().maximum().memoryBytes()).isEqualTo(100 << 20);
        assertThat(loaded.settings().execution().defaults().memoryBytes()).isEqualTo(100 << 20);
        assertThat(loaded.shown())
                .containsEntry("execution.maximum.memory", "100MiB")
                .containsEntry("execution.defaults.memory", "100MiB");
    }

    @Test
    void aLargerTaskThanTheNodeHasMemoryForIsNotPromised() {
        assertThatThrownBy(() -> load(
                        null,
                        Map.of("ZEROSTATE_EXECUTION_MEMORY", "512MiB", "ZEROSTATE_EXECUTION_MAXIMUM_MEMORY", "1GiB")))
                .hasMessageContaining("execution.maximum.memory must not be above execution.memory, which is 512MiB");
    }

    @Test
    void aNodeThatRunsNoTasksLeavesTheirMemoryToOthers() {
        ExecutionSettings execution = load(
                        null, Map.of("ZEROSTATE_EXECUTION_MEMORY", "64MiB", "ZEROSTATE_NODE_ROLES", "api"))
                .settings()
                .execution();
        assertThat(execution.maximum().memoryBytes()).isEqualTo(1 << 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void withoutAnApiKeyOnlyLoopbackIsBound(String host) {
        assertThatThrownBy(() -> load(null, Map.of("ZEROSTATE_HTTP_HOST", host)))
                .hasMessageContaining("http.host")
                .hasMessageContaining("http.api_key");

        Settings withKey = load(null, Map.of("ZEROSTATE_HTTP_HOST", host, "ZEROSTATE_HTTP_API_KEY", "k")).settings();
        assertThat(withKey.http().host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void loopbackNeedsNoApiKey(String host) {
        assertThat(load(null, Map.of("ZEROSTATE_HTTP_HOST", host)).settings().http().host()).isEqualTo(host);
    }

    @Test
    void secretsAreShownMaskedOnly() {
        SettingsLoader.Loaded loaded = load(
                null,
                Map.of(
                        "ZEROSTATE_HTTP_API_KEY", "open sesame",
                        "ZEROSTATE_DATABASE_PASSWORD", "rosebud",
                        "ZEROSTATE_REDIS_PASSWORD", "swordfish",
                        "ZEROSTATE_S3_ACCESS_KEY", "shibboleth",
                        "ZEROSTATE_S3_SECRET_KEY", "abracadabra"));

        assertThat(loaded.shown()).containsEntry("http.api_key", "********").containsEntry("http.port", "8080");
        assertThat(loaded.shown() + " " + loaded.settings()).doesNotContain("sesame", "rosebud", "swordfish", "shibboleth", "abracadabra");
    }

    @Test
    void whatKubernetesAddsBesideAServiceOfOurNameIsNoMistake() {
        Map<String, String> links = Map.of(
                "ZEROSTATE_SERVICE_HOST", "10.0.0.1",
                "ZEROSTATE_SERVICE_PORT_HTTP", "8080",
                "ZEROSTATE_PORT", "tcp://10.0.0.1:8080",
                "ZEROSTATE_PORT_8080_TCP_ADDR", "10.0.0.1",
                "ZEROSTATE_SERVER", "http://other");

        assertThat(load(null, links).settings().http().port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"http\": ", "port=1"})
    void aFileThatIsNoJsonObjectIsNamed(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> load(file, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing.json");
        assertThatThrownBy(() -> load(missing, Map.of())).hasMessageContaining("there is no file " + missing);
    }
}
