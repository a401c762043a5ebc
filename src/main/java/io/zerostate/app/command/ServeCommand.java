package io.zerostate.app.command;

import io.zerostate.config.ConfigurationException;
import io.zerostate.config.SettingsLoader;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = {
            "Starts a node on a PostgreSQL server that is there already: set database.url, database.user and database.password.",
            "It serves alone: several nodes that share the work, with Redis and a cluster, are not part of this version."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    /** What a node does. */
    enum Role {
        API,
        EXECUTOR
    }

    @Mixin
    private NodeOptions options;

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "ROLE",
            defaultValue = "api,executor",
            description = "What the node does: api, executor (default: both; a node that serves alone needs both).")
    private Set<Role> roles;

    @Override
    public Integer call() throws CommandFailedException {
        if (!roles.containsAll(EnumSet.allOf(Role.class))) {
            throw new CommandFailedException("--roles: a node that serves alone needs both roles, api and executor");
        }
        SettingsLoader.Loaded loaded = new SettingsLoader(System.getenv()).load(options.config(), options.settings());
        if (loaded.settings().database().url().isEmpty()) {
            throw new ConfigurationException(List.of("database.url is not set; dev brings a database along, serve does not"));
        }
        return NodeRunner.run(loaded, StandardStreams.open());
    }
}
