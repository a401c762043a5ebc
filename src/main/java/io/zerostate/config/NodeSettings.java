package io.zerostate.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The node as a whole.
 *
 * @param name unique in the cluster; also the owner of its leases. Empty in the file: the host name and a random suffix
 * @param dataDir what the node keeps on disk
 * @param grace how long running tasks may go on after SIGTERM
 */
public record NodeSettings(String name, Path dataDir, Duration grace) {}
