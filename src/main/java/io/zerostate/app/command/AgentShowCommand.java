package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows one agent.")
final class AgentShowCommand extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "The agent's id or name.")
    private String id;

    @Override
    int run(ApiClient client) throws ApiException {
        JsonObject agent = client.get("api/v1/agents/" + ApiClient.encode(id));
        Facts facts = new Facts()
                .add("id", agent.getString("id"))
                .add("name", agent.getString("name"))
                .add("description", agent.getString("description"))
                .add("capabilities", agent.getJsonArray("capabilities").stream().map(String::valueOf).collect(Collectors.joining(", ")))
                .add("limits", agent.getJsonObject("limits").isEmpty() ? "" : agent.getJsonObject("limits").encode())
                .add("version", agent.getString("version"))
                .add("sha256", agent.getString("sha256"))
                .add("size", agent.getLong("size_bytes") + " bytes")
                .add("created", agent.getString("created_at"))
                .add("updated", agent.getString("updated_at"));
        return show(agent, ReportText.addTo(facts, agent.getJsonObject("report", new JsonObject())).toString());
    }
}
