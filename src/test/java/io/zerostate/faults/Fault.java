package io.zerostate.faults;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Something that goes wrong under load and is made good again. */
enum Fault {
    NODE_KILLED(Victim.NODE, "kill -9 of a node", 0, (cluster, chance) -> {
        FaultNode node = cluster.any(chance);
        node.kill();
        return node::start;
    }),
    ALL_NODES_KILLED(Victim.NODE, "kill -9 of all nodes", 0, (cluster, chance) -> {
        cluster.nodes().forEach(FaultNode::kill);
        return cluster::restore;
    }),
    NODE_PAUSED_BRIEFLY(Victim.NODE, "SIGSTOP of a node for less than its lease", 2, (cluster, chance) -> {
        FaultNode node = cluster.any(chance);
        node.pause();
        return node::resume;
    }),
    NODE_PAUSED(Victim.NODE, "SIGSTOP of a node for more than its lease", 8, (cluster, chance) -> {
        FaultNode node = cluster.any(chance);
        node.pause();
        return node::resume;
    }),
    NODE_EXCLUDED(Victim.NODE, "SIGSTOP of a node for longer than its cluster waits", 13, (cluster, chance) -> {
        FaultNode node = cluster.any(chance);
        node.pause();
        return () -> {
            node.resume();
            node.awaitEnd();
            node.start();
        };
    }),
    NODE_TERMINATED(Victim.NODE, "SIGTERM of a node", 0, (cluster, chance) -> {
        FaultNode node = cluster.any(chance);
        node.terminate();
        return node::start;
    }),
    REDIS_KILLED(Victim.REDIS, "kill -9 of Redis, empty restart", 1, (cluster, chance) -> {
        cluster.redis().kill();
        return cluster.redis()::start;
    }),
    REDIS_FLUSHED(Victim.REDIS, "FLUSHALL", 0, (cluster, chance) -> {
        cluster.redis().command("FLUSHALL");
        return () -> {};
    }),
    REDIS_PAUSED(Victim.REDIS, "SIGSTOP of Redis for 20 s", 20, (cluster, chance) -> {
        cluster.redis().pause();
        return cluster.redis()::resume;
    }),
    POSTGRES_CRASHED(Victim.POSTGRES, "immediate restart of PostgreSQL", 0, (cluster, chance) -> {
        cluster.postgres().crash();
        return cluster.postgres()::recover;
    }),
    POSTGRES_CUT(Victim.POSTGRES, "network cut between a node and PostgreSQL", 5, (cluster, chance) -> {
        TcpProxy network = cluster.any(chance).network().postgres();
        network.cut();
        return network::restore;
    }),
    POSTGRES_SILENT(Victim.POSTGRES, "no packet passes between a node and PostgreSQL", 5, (cluster, chance) -> {
        TcpProxy network = cluster.any(chance).network().postgres();
        network.freeze();
        return network::restore;
    }),
    REDIS_CUT(Victim.REDIS, "network cut between a node and Redis", 5, (cluster, chance) -> {
        TcpProxy network = cluster.any(chance).network().redis();
        network.cut();
        return network::restore;
    }),
    REDIS_SILENT(Victim.REDIS, "no packet passes between a node and Redis", 5, (cluster, chance) -> {
        TcpProxy network = cluster.any(chance).network().redis();
        network.freeze();
        return network::restore;
    });

    private final Victim victim;
    private final String text;
    private final double seconds;
    private final Injection injection;

    Fault(Victim victim, String text, double seconds, Injection injection) {
        this.victim = victim;
        this.text = text;
        this.seconds = seconds;
        this.injection = injection;
    }

    /** Whom it befalls. */
    enum Victim {
        NODE,
        REDIS,
        POSTGRES
    }

    /** Makes things wrong, and says how they are made good again. */
    @FunctionalInterface
    interface Injection {
        Healing inject(FaultCluster cluster, RandomGenerator chance) throws Exception;
    }

    /** Blocks until things are good. */
    @FunctionalInterface
    interface Healing {
        void heal() throws Exception;
    }

    Victim victim() {
        return victim;
    }

    /** How long it lasts before it is healed. */
    Duration lasts() {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    Healing inject(FaultCluster cluster, RandomGenerator chance) throws Exception {
        return injection.inject(cluster, chance);
    }

    static void heal(Healing healing) {
        try {
            healing.heal();
        } catch (Exception failure) {
            throw new IllegalStateException("not healed", failure);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
