package io.zerostate.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * The node as a whole.
 *
 * @param name unique in the cluster; also the owner of its leases. Empty in the file: the host name and a random suffix
 * @param dataDir what the node keeps on disk
 * @param roles at least one
 * @param grace how long running tasks may go on after SIGTERM
 * @param startPatience how long a start waits for what the node depends on
 */
public record NodeSettings(String name, Path dataDir, Set<Role> roles, Duration grace, Duration startPatience) {
    public NodeSettings {
        roles = Set.copyOf(roles);
    }

    /** The same under another name. */
    public NodeSettings withName(String other) {
        return new NodeSettings(other, dataDir, roles, grace, startPatience);
    }

    /** True when the node has this role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }
}
