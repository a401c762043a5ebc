package io.zerostate.app.command;

import io.zerostate.app.logging.Logging;
import io.zerostate.app.node.Node;
import io.zerostate.app.node.NodeStartException;
import io.zerostate.config.SettingsLoader;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a node until somebody stops the process. */
final class NodeRunner {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRunner.class);

    private NodeRunner() {}

    /**
     * Prints one line when the node serves. SIGTERM and SIGINT end the process with exit code 0 once the node has stopped, so this
     * method returns only when it cannot start, or when its cluster goes on without it.
     */
    static int run(SettingsLoader.Loaded loaded, StandardStreams streams) throws CommandFailedException {
        Node node;
        try {
            node = Node.start(loaded.settings(), () -> {
                Logging.start(loaded.settings().log(), Terminal.isStderr());
                LOG.atInfo().addKeyValue("settings", loaded.shown()).log("starting");
            });
        } catch (NodeStartException failure) {
            Logging.stop();
            throw new CommandFailedException(String.valueOf(failure.getMessage()));
        }
        warnOfSlowModules();
        AtomicInteger exitCode = new AtomicInteger(ExitCode.OK);
        // The JVM would report the signal as its exit code; a stop that was asked for is a success.
        Runtime.getRuntime().addShutdownHook(new Thread(
                () -> {
                    node.close();
                    Logging.stop();
                    Runtime.getRuntime().halt(exitCode.get());
                },
                "zerostate-stop"));
        streams.out().println("ready " + node.uri());
        try {
            String reason = node.awaitExclusion();
            LOG.error("stopping: {}", reason);
            exitCode.set(ExitCode.FAILED);
            throw new CommandFailedException(reason + ": stopped, to be started anew");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    /** A jar's manifest cannot carry this flag, without which HotSpot leaves large functions of modules interpreted. */
    private static void warnOfSlowModules() {
        if (!ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:-DontCompileHugeMethods")) {
            LOG.warn("large modules will run slowly: start with bin/zerostate, or give java -XX:-DontCompileHugeMethods");
        }
    }
}
