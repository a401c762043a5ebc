package io.zerostate.app.command;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code dev} and {@code serve} have in common. */
final class NodeOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; 0 takes any that is free (default: 8080).")
    private @Nullable String port;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Where the node keeps its files (default: ./data).")
    private @Nullable String dataDir;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A JSON file of settings. ZEROSTATE_* variables override it: http.port is ZEROSTATE_HTTP_PORT.")
    private @Nullable Path config;

    /** What the JVM turns hot code into machine code with. */
    enum Jit {
        C2,
        GRAAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Nothing that this process could still change: {@code bin/zerostate} has read it before it started the JVM. */
    @Option(
            names = "--jit",
            paramLabel = "NAME",
            description = "How the JVM compiles hot code: ${COMPLETION-CANDIDATES} (default: c2). Graal takes longer until it is fast, and is "
                    + "faster then where functions are large.")
    private void jit(Jit asked) {
        boolean graal = ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:+UseJVMCICompiler");
        if (asked == Jit.GRAAL && !graal) {
            throw new ParameterException(
                    command.commandLine(), "--jit graal: this JVM was started without Graal; bin/zerostate starts one with it");
        }
    }

    @Nullable Path config() {
        return config;
    }

    /** Settings by path. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        if (port != null) {
            settings.put("http.port", port);
        }
        if (dataDir != null) {
            settings.put("node.data_dir", dataDir);
        }
        return settings;
    }
}
