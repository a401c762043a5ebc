package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "rm", description = "Deletes an agent: it takes no new tasks; what it did stays readable.")
final class AgentRemoveCommand extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "The agent's id or name.")
    private String id;

    @Override
    int run(ApiClient client) throws ApiException {
        client.delete("api/v1/agents/" + ApiClient.encode(id));
        return show(new JsonObject().put("deleted", id), "deleted " + id);
    }
}
