package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists tasks, newest first.")
final class TaskListCommand extends ClientCommand {
    @Mixin
    private PageOptions page;

    @Option(
            names = "--status",
            paramLabel = "STATE",
            defaultValue = "",
            description = "Only queued, running, retrying, completed, failed or cancelled ones.")
    private String status;

    @Option(names = "--agent", paramLabel = "ID", defaultValue = "", description = "Only of the agent with this id or name.")
    private String agent;

    @Option(
            names = "--failure-kind",
            paramLabel = "KIND",
            defaultValue = "",
            description = "Only that failed as exit, trap, timeout, memory_exceeded, output_exceeded, cancelled, rejected or lost.")
    private String failureKind;

    @Override
    int run(ApiClient client) throws ApiException {
        List<Map.Entry<String, String>> parameters = page.parameters();
        parameters.add(Map.entry("status", status));
        parameters.add(Map.entry("agent_id", agent));
        parameters.add(Map.entry("failure_kind", failureKind));
        JsonObject answer = client.get("api/v1/tasks" + ApiClient.query(parameters));
        Table table = new Table("ID", "STATUS", "ATTEMPT", "AGENT", "CREATED", "TITLE");
        answer.getJsonArray("items").stream().map(JsonObject.class::cast).forEach(task -> table.row(
                task.getString("id"),
                task.getString("status"),
                task.getInteger("attempt"),
                task.getString("agent_name"),
                task.getString("created_at"),
                task.getString("query")));
        return show(answer, table + PageOptions.more(answer));
    }
}
