package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import io.zerostate.app.client.HttpStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "push",
        description = "Uploads a module as an agent, or as a new version of the agent that has the name already.")
final class AgentPushCommand extends ClientCommand {
    private static final String AGENTS = "api/v1/agents";

    @Parameters(paramLabel = "MODULE", description = "The .wasm file.")
    private Path module;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "", description = "The agent's name (default: the file's).")
    private String name;

    @Option(names = "--description", paramLabel = "TEXT", defaultValue = "", description = "What the agent does.")
    private String description;

    @Option(names = "--label", paramLabel = "LABEL", defaultValue = "", description = "What to call this version, such as 1.4.0.")
    private String label;

    @Option(names = "--capability", paramLabel = "WORD", description = "A word to search the agent by; may be repeated.")
    private List<String> capabilities = List.of();

    @Override
    int run(ApiClient client) throws ApiException, CommandFailedException {
        if (!Files.isRegularFile(module)) {
            throw new CommandFailedException("there is no file " + module);
        }
        String agent = name.isEmpty() ? nameOf(module) : name;
        List<Map.Entry<String, String>> fields = new ArrayList<>(List.of(
                Map.entry("description", description),
                Map.entry("version", label),
                Map.entry("capabilities", String.join(",", capabilities))));
        String path = AGENTS + "/" + ApiClient.encode(agent) + "/versions";
        boolean isNew = !exists(client, agent);
        if (isNew) {
            path = AGENTS;
            fields.add(Map.entry("name", agent));
        }
        JsonObject answer = client.upload(path + ApiClient.query(fields), "application/wasm", module);
        String id = answer.getString(isNew ? "id" : "agent_id");
        String pushed = (isNew ? "new agent " : "new version of ") + agent + " " + id + " sha256:" + answer.getString("sha256");
        Facts report = ReportText.addTo(new Facts(), answer.getJsonObject("report", new JsonObject()));
        return show(answer, pushed + System.lineSeparator() + report.toString().indent(2).stripTrailing());
    }

    private static boolean exists(ApiClient client, String agent) throws ApiException {
        try {
            client.get(AGENTS + "/" + ApiClient.encode(agent));
            return true;
        } catch (ApiException refused) {
            if (refused.status() == HttpStatus.NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replaceFirst("\\.wasm$", "");
    }
}
