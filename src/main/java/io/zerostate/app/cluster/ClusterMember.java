package io.zerostate.app.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import io.zerostate.config.ClusterSettings;
import java.util.concurrent.CompletableFuture;

/**
 * This node among the others. It belongs to them once a clustered Vert.x was built with {@link #manager}, and until that closes.
 *
 * <p>A node that was cut off does not come back as it was: when two halves merge, Hazelcast gives the nodes of one of them new
 * identities, while Vert.x goes on with the old ones, so messages would no longer reach them. (vertx-hazelcast, issues 90, 109
 * and 215.) So such a node is {@link #excluded}, and starts anew.
 */
public final class ClusterMember {
    private final HazelcastClusterManager manager;
    private final CompletableFuture<String> excluded = new CompletableFuture<>();
    private volatile boolean leaving;

    private ClusterMember(Config config) {
        config.addListenerConfig(new ListenerConfig((LifecycleListener) this::changed));
        this.manager = new HazelcastClusterManager(config);
    }

    /**
     * Reads the configuration and joins nothing yet. Blocks.
     *
     * @throws ClusterConfigurationException when the settings cannot be used
     */
    public static ClusterMember of(ClusterSettings settings) throws ClusterConfigurationException {
        return new ClusterMember(ClusterConfiguration.load(settings));
    }

    /** For the builder of Vert.x. */
    public ClusterManager manager() {
        return manager;
    }

    /** How many nodes this one sees, itself among them; 0 when it is no member. */
    public int size() {
        return manager.isActive() ? manager.getNodes().size() : 0;
    }

    /** Completes with the reason, for people, when the cluster goes on without this node. */
    public CompletableFuture<String> excluded() {
        return excluded;
    }

    /** To be called before Vert.x closes: what Hazelcast reports from then on is no surprise. */
    public void leave() {
        leaving = true;
    }

    // Called on a thread of Hazelcast, which must not wait.
    private void changed(LifecycleEvent event) {
        if (leaving) {
            return;
        }
        switch (event.getState()) {
            case MERGING, MERGE_FAILED ->
                excluded.complete("this node was cut off from its cluster, which went on without it");
            case SHUTTING_DOWN -> excluded.complete("this node has lost its cluster");
            case STARTING, STARTED, SHUTDOWN, MERGED, CLIENT_CONNECTED, CLIENT_DISCONNECTED, CLIENT_CHANGED_CLUSTER -> {
                // The way in, the way out, or the business of clients.
            }
        }
    }
}
