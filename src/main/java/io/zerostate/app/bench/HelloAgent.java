package io.zerostate.app.bench;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import io.zerostate.app.client.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The agent that is measured when nobody names one: it prints a line, so that a task costs little but what the service adds. */
public final class HelloAgent {
    /** How the node calls it. */
    public static final String NAME = "bench-hello";

    /** Built from tests/wasm/c/hello_c.c. */
    private static final String MODULE = "/bench/hello.wasm";

    private static final String AGENTS = "api/v1/agents";

    private HelloAgent() {}

    /** Finds it on a node, or uploads it there. */
    public static JsonObject of(ApiClient client) throws ApiException {
        byte[] module = module();
        JsonObject known = find(client, NAME);
        if (known == null) {
            return client.upload(AGENTS + "?name=" + NAME + "&description=What%20zerostate%20bench%20runs", "application/wasm", module);
        }
        if (!sha256(module).equals(known.getString("sha256"))) {
            client.upload(AGENTS + "/" + NAME + "/versions", "application/wasm", module);
            return client.get(AGENTS + "/" + NAME);
        }
        return known;
    }

    private static @Nullable JsonObject find(ApiClient client, String name) throws ApiException {
        try {
            return client.get(AGENTS + "/" + name);
        } catch (ApiException refused) {
            if (refused.status() == HttpStatus.NOT_FOUND) {
                return null;
            }
            throw refused;
        }
    }

    static byte[] module() {
        try (InputStream resource = HelloAgent.class.getResourceAsStream(MODULE)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks " + MODULE);
            }
            return resource.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
