package io.zerostate.app.command;

import io.zerostate.app.client.ApiClient;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Option;

/** Which node to ask. */
final class ServerOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:ZEROSTATE_SERVER:-http://127.0.0.1:8080}",
            description = "The node to ask (environment: ZEROSTATE_SERVER; default: http://127.0.0.1:8080).")
    private String server;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "${env:ZEROSTATE_API_KEY:-}",
            description = "What the node wants to see (environment: ZEROSTATE_API_KEY).")
    private String apiKey;

    ApiClient open() throws CommandFailedException {
        try {
            URI uri = new URI(server.endsWith("/") ? server : server + "/");
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return new ApiClient(uri, apiKey);
            }
        } catch (URISyntaxException malformed) {
            // Refused below, as what is well-formed but no address of a node.
        }
        throw new CommandFailedException("--server must look like http://127.0.0.1:8080, but is \"" + server + "\"");
    }
}
