package io.zerostate.app.command;

import io.zerostate.config.SettingsLoader;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "dev",
        description = {
            "Starts a complete node with nothing to install: a PostgreSQL server of its own, kept in the data directory.",
            "Prints one line, \"ready http://127.0.0.1:8080\", when it serves."
        })
final class DevCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private NodeOptions options;

    @Override
    public Integer call() throws CommandFailedException {
        Map<String, String> settings = options.settings();
        // Whatever the configuration says: this command brings its own.
        settings.putAll(Map.of(
                "database.url", "", "redis.urls", "", "s3.bucket", "", "node.roles", "api,executor", "http.drain", "0s"));
        SettingsLoader.Loaded loaded = new SettingsLoader(System.getenv()).load(options.config(), settings);
        return NodeRunner.run(loaded, StandardStreams.open());
    }
}
