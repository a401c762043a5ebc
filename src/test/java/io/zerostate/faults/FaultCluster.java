package io.zerostate.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Nodes as processes, a PostgreSQL and a Redis, all real, all on this machine, and proxies between them. */
final class FaultCluster implements AutoCloseable {
    /** Workers of each node. */
    static final int SLOTS = 4;

    private final PostgresServer postgres;
    private final RedisServer redis;
    private final List<FaultNode> nodes;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private FaultCluster(PostgresServer postgres, RedisServer redis) {
        this.postgres = postgres;
        this.redis = redis;
        this.nodes = new ArrayList<>();
        parts.push(postgres);
        parts.push(redis);
    }

    /**
     * Starts everything and uploads the programs that the load runs.
     *
     * @param chance for the ports
     */
    static FaultCluster start(int size, Times times, RandomGenerator chance) throws Exception {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(Path.of("target", "faults").toAbsolutePath()), "cluster-");
        List<Integer> ports = FreePorts.take(2 * size + 1, chance);
        PostgresServer postgres = PostgresServer.start(directory.resolve("postgres"));
        FaultCluster cluster =
                new FaultCluster(postgres, RedisServer.start(directory.resolve("redis"), ports.getLast()));
        try {
            cluster.addNodes(size, directory, times, ports);
            cluster.startAll();
            cluster.upload();
            return cluster;
        } catch (Exception | AssertionError failure) {
            cluster.close();
            throw failure;
        }
    }

    private void addNodes(int size, Path directory, Times times, List<Integer> ports) {
        Map<String, String> common = new HashMap<>(times.environment());
        common.put("ZEROSTATE_BINARIES_DIRECTORY", directory.resolve("binaries").toString());
        common.put("ZEROSTATE_EXECUTION_SLOTS", Integer.toString(SLOTS));
        // More than there is, so that a task can be poison.
        common.put("ZEROSTATE_EXECUTION_MEMORY", "8GiB");
        common.put("ZEROSTATE_LOG_FORMAT", "text");
        for (int i = 0; i < size; i++) {
            NodeNetwork network = new NodeNetwork(
                    i,
                    ports.subList(0, size),
                    ports.subList(size, 2 * size),
                    new TcpProxy(postgres::port),
                    new TcpProxy(redis::port),
                    postgres.settings());
            FaultNode node = new FaultNode("node" + (i + 1), directory.resolve("node" + (i + 1)), common, network);
            nodes.add(node);
            parts.push(node);
        }
    }

    private void startAll() {
        nodes.forEach(node -> node.launch(""));
        nodes.forEach(FaultNode::awaitReady);
    }

    private void upload() throws IOException {
        for (Program program : Program.values()) {
            NodeClient.Answer answer = nodes.getFirst()
                    .client()
                    .post(
                            "/api/v1/agents?name=" + program.agent(),
                            Map.of("Content-Type", "application/wasm"),
                            Files.readAllBytes(program.file()));
            if (answer.status() != 201) {
                throw new IllegalStateException(answer.toString());
            }
        }
    }

    List<FaultNode> nodes() {
        return List.copyOf(nodes);
    }

    /** One that runs. */
    FaultNode any(RandomGenerator chance) {
        List<FaultNode> alive = nodes.stream().filter(FaultNode::isAlive).toList();
        return alive.get(chance.nextInt(alive.size()));
    }

    PostgresServer postgres() {
        return postgres;
    }

    RedisServer redis() {
        return redis;
    }

    /** Starts whatever ended, all at a time, and waits until every node is ready. */
    void restore() {
        nodes.forEach(FaultNode::resume);
        nodes.stream().filter(node -> !node.isAlive()).forEach(node -> node.launch(""));
        CompletableFuture.allOf(nodes.stream()
                        .map(node -> CompletableFuture.runAsync(node::awaitReady))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
