package io.zerostate.app.node;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.zerostate.app.cluster.ClusterMember;
import io.zerostate.binary.BinaryStore;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CheckHealth;
import io.zerostate.bus.Health;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says how those dependencies of a node are that no verticle owns: all of them use the store of modules, and all are on the bus. */
final class DependencyHealth extends VerticleBase {
    /** Shorter than whoever asks waits. */
    private static final long TIMEOUT_MS = 1_500;

    private final Bus bus;
    private final BinaryStore binaries;
    private final @Nullable ClusterMember member;

    /** @param member null for a node that is alone */
    DependencyHealth(Bus bus, BinaryStore binaries, @Nullable ClusterMember member) {
        this.bus = bus;
        this.binaries = binaries;
        this.member = member;
    }

    @Override
    public Future<?> start() {
        Future<Void> served = bus.serve(Addresses.HEALTH_BINARIES, this::binaries);
        return member == null
                ? served
                : served.compose(ok -> bus.serve(Addresses.HEALTH_CLUSTER, check -> cluster(member)));
    }

    private Future<Health> binaries(CheckHealth check) {
        return binaries.check()
                .timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .map(new Health(true, "The binary store can be read and written"))
                .otherwise(failure -> new Health(false, String.valueOf(failure.getMessage())));
    }

    private static Future<Health> cluster(ClusterMember member) {
        int size = member.size();
        return Future.succeededFuture(
                new Health(size > 0, size > 0 ? "This node sees " + size + " of its cluster" : "This node is in no cluster"));
    }
}
