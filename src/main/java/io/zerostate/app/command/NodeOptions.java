package io.zerostate.app.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code dev} and {@code serve} have in common. */
final class NodeOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; 0 takes any that is free (default: 8080).")
    private @Nullable String port;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Where the node keeps its files (default: ./data).")
    private @Nullable String dataDir;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A JSON file of settings. ZEROSTATE_* variables override it: http.port is ZEROSTATE_HTTP_PORT.")
    private @Nullable Path config;

    @Nullable Path config() {
        return config;
    }

    /** Settings by path. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        if (port != null) {
            settings.put("http.port", port);
        }
        if (dataDir != null) {
            settings.put("node.data_dir", dataDir);
        }
        return settings;
    }
}
