package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows one task with its attempts.")
final class TaskShowCommand extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "The task's id.")
    private String id;

    @Override
    int run(ApiClient client) throws ApiException {
        JsonObject task = client.get("api/v1/tasks/" + ApiClient.encode(id));
        return show(task, TaskText.of(task));
    }
}
