package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import io.zerostate.config.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists agents, newest first.")
final class AgentListCommand extends ClientCommand {
    @Mixin
    private PageOptions page;

    @Option(names = {"-q", "--query"}, paramLabel = "TEXT", defaultValue = "", description = "Only with this in name or description.")
    private String query;

    @Option(names = "--capability", paramLabel = "WORD", defaultValue = "", description = "Only with this capability.")
    private String capability;

    @Override
    int run(ApiClient client) throws ApiException {
        List<Map.Entry<String, String>> parameters = page.parameters();
        parameters.add(Map.entry("q", query));
        parameters.add(Map.entry("capability", capability));
        JsonObject answer = client.get("api/v1/agents" + ApiClient.query(parameters));
        Table table = new Table("ID", "NAME", "VERSION", "SIZE", "CAPABILITIES", "UPDATED");
        answer.getJsonArray("items").stream().map(JsonObject.class::cast).forEach(agent -> table.row(
                agent.getString("id"),
                agent.getString("name"),
                agent.getString("version"),
                Quantity.ofBytes(agent.getLong("size_bytes")),
                agent.getJsonArray("capabilities").stream().map(String::valueOf).collect(Collectors.joining(",")),
                agent.getString("updated_at")));
        return show(answer, table + PageOptions.more(answer));
    }
}
