package io.zerostate.faults;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The one cluster that all fault tests of a JVM take in turn, and the one table that they fill. Printed and stopped after the last of
 * them.
 */
final class Stage implements AutoCloseable {
    /** Of the cluster; 1 for a node that serves alone, without Redis. */
    private static final int NODES = Integer.getInteger("faults.nodes", 3);

    private final long seed;
    private final FaultTable table;
    private final FaultCluster cluster;

    private Stage(long seed) throws Exception {
        System.out.println("faults.seed=" + seed);
        this.seed = seed;
        this.table = new FaultTable("Faults on " + NODES + " nodes, -Dfaults.seed=" + seed);
        this.cluster = FaultCluster.start(NODES, Times.SHORT.environment(), new SplittableRandom(seed));
    }

    FaultCluster cluster() {
        return cluster;
    }

    FaultTable table() {
        return table;
    }

    /** Repeats a run, as far as processes on a machine can be repeated. */
    long seed() {
        return seed;
    }

    /** @param what each caller of another name gets another sequence */
    RandomGenerator chance(String what) {
        return new SplittableRandom(seed ^ what.hashCode());
    }

    FaultRun run(String fault) {
        return new FaultRun(cluster, fault, seed);
    }

    @Override
    public void close() throws Exception {
        table.print(Path.of("target", "faults", "table.md"));
        cluster.close();
    }

    /** Gives tests their stage. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Stage.class;
        }

        @Override
        public Stage resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Stage.class))
                    .getOrComputeIfAbsent(Stage.class, type -> open(), Stage.class);
        }

        private static Stage open() {
            try {
                return new Stage(Long.getLong("faults.seed", System.nanoTime()));
            } catch (Exception failure) {
                throw new IllegalStateException("the cluster does not start", failure);
            }
        }
    }
}
