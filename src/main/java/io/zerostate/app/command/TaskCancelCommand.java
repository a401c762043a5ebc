package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Cancels a task that has not ended; one that runs is stopped.")
final class TaskCancelCommand extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "The task's id.")
    private String id;

    @Override
    int run(ApiClient client) throws ApiException {
        JsonObject task = client.delete("api/v1/tasks/" + ApiClient.encode(id));
        boolean ended = "cancelled".equals(task.getString("status"));
        return show(task, id + (ended ? " cancelled" : " is being stopped"));
    }
}
