package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.zerostate.binary.directory.DirectoryBinaryStore;
import io.zerostate.bus.Bus;
import io.zerostate.config.Settings;
import io.zerostate.config.SettingsLoader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The edge of a node on a bus where nobody else is: enough for everything that it answers by itself, and for what it answers when
 * the other parts are down.
 */
final class LoneEdge implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final Bus bus = Bus.withCodecs(vertx);
    final WebClient client = WebClient.create(vertx);
    final Path dataDir;
    final int port;

    LoneEdge(Path dataDir, Map<String, String> options, List<Consumer<Router>> mounts) {
        this.dataDir = dataDir;
        HttpVerticle http = verticle(dataDir, options, mounts);
        vertx.deployVerticle(http).await();
        port = http.actualPort();
    }

    LoneEdge(Path dataDir) {
        this(dataDir, Map.of(), List.of());
    }

    /** Another edge on the same bus, not deployed yet. */
    HttpVerticle verticle(Path dataDir, Map<String, String> options, List<Consumer<Router>> mounts) {
        Map<String, String> all = new HashMap<>(Map.of("http.port", "0", "node.data_dir", dataDir.toString()));
        all.putAll(options);
        Settings settings = new SettingsLoader(Map.of()).load(null, all).settings();
        DirectoryBinaryStore binaries =
                new DirectoryBinaryStore(vertx.createSharedWorkerExecutor("binaries"), dataDir.resolve("binaries"));
        Ports ports = new Ports(bus, binaries, () -> "zerostate_up 1\n");
        Sources sources = new Sources(InstantSource.system(), UUID::randomUUID, RandomGenerator.getDefault());
        return new HttpVerticle(settings, ports, sources, mounts);
    }

    HttpRequest<Buffer> request(HttpMethod method, String uri) {
        return client.request(method, port, "127.0.0.1", uri);
    }

    HttpResponse<Buffer> get(String uri) {
        return request(HttpMethod.GET, uri).send().await();
    }

    HttpResponse<Buffer> post(String uri, String contentType, Buffer body) {
        return request(HttpMethod.POST, uri).putHeader("Content-Type", contentType).sendBuffer(body).await();
    }

    HttpResponse<Buffer> postJson(String uri, String body) {
        return post(uri, "application/json", Buffer.buffer(body));
    }

    /** The problem that a response carries, after a check that it is one. */
    static JsonObject problem(HttpResponse<Buffer> response, int status, String code) {
        JsonObject problem = response.bodyAsJsonObject();
        assertThat(response.statusCode()).as("%s", problem).isEqualTo(status);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.getString("type")).isEqualTo("urn:zerostate:error:" + code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("trace_id")).isEqualTo(response.getHeader("X-Trace-Id"));
        return problem;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
