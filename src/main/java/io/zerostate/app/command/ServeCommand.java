package io.zerostate.app.command;

import io.zerostate.config.ConfigurationException;
import io.zerostate.config.Role;
import io.zerostate.config.Settings;
import io.zerostate.config.SettingsLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = {
            "Starts a production node on a PostgreSQL server that is there already: set database.url, database.user, database.password.",
            "Nodes that share a Redis (redis.urls) and a PostgreSQL form a cluster; a node without Redis serves alone."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private NodeOptions options;

    @Option(
            names = "--roles",
            paramLabel = "ROLES",
            description = "What the node does in its cluster: api, executor, or both (default: api,executor).")
    private @Nullable String roles;

    @Override
    public Integer call() throws CommandFailedException {
        Map<String, String> given = options.settings();
        if (roles != null) {
            given.put("node.roles", roles);
        }
        SettingsLoader.Loaded loaded = new SettingsLoader(System.getenv()).load(options.config(), given);
        requireWhole(loaded.settings());
        return NodeRunner.run(loaded, StandardStreams.open());
    }

    private static void requireWhole(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.database().url().isEmpty()) {
            problems.add("database.url is not set; dev brings a database along, serve does not");
        }
        if (!settings.isClustered() && settings.node().roles().size() < Role.values().length) {
            problems.add("node.roles must be api,executor on a node that serves alone; set redis.urls for a cluster");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
