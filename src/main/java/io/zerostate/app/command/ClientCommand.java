package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that asks a node something and shows the answer. */
abstract class ClientCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private ServerOptions server;

    @Option(names = "--json", description = "Show the node's answer as JSON.")
    private boolean json;

    private final StandardStreams streams = StandardStreams.open();

    @Override
    public final Integer call() throws ApiException, CommandFailedException {
        try (ApiClient client = server.open()) {
            return run(client);
        }
    }

    /** @return the exit code */
    abstract int run(ApiClient client) throws ApiException, CommandFailedException;

    final boolean wantsJson() {
        return json;
    }

    final StandardStreams streams() {
        return streams;
    }

    final void print(String line) {
        streams.out().println(line);
    }

    /** Shows {@code answer} as JSON if that is wanted, else {@code text}. */
    final int show(JsonObject answer, String text) {
        print(json ? answer.encode() : text);
        return ExitCode.OK;
    }
}
