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
     * @param settings of all nodes, as environment variables
     * @param chance for the ports
     */
    static FaultCluster start(int size, Map<String, String> settings, RandomGenerator chance) throws Exception {
        return start(Place.onLoopback(size, chance), Place.LOOPBACK, settings, chance);
    }

    /**
     * The same with nodes anywhere on this machine.
     *
     * @param proxyHost where nodes find PostgreSQL and Redis
     */
    static FaultCluster start(List<Place> places, String proxyHost, Map<String, String> settings, RandomGenerator chance) throws Exception {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(Path.of("target", "faults").toAbsolutePath()), "cluster-");
        PostgresServer postgres = PostgresServer.start(directory.resolve("postgres"));
        int redisPort = FreePorts.take(1, chance).getFirst();
        FaultCluster cluster = new FaultCluster(postgres, RedisServer.start(directory.resolve("redis"), redisPort));
        try {
            cluster.addNodes(places, proxyHost, directory, settings);
            cluster.startAll();
            cluster.upload();
            return cluster;
        } catch (Exception | AssertionError failure) {
            cluster.close();
            throw failure;
        }
    }

    private void addNodes(List<Place> places, String proxyHost, Path directory, Map<String, String> settings) {
        Map<String, String> common = new HashMap<>(settings);
        common.put("ZEROSTATE_BINARIES_DIRECTORY", directory.resolve("binaries").toString());
        common.put("ZEROSTATE_EXECUTION_SLOTS", Integer.toString(SLOTS));
        // More than there is, so that a task can be poison.
        common.put("ZEROSTATE_EXECUTION_MEMORY", "8GiB");
        common.put("ZEROSTATE_LOG_FORMAT", "text");
        for (Place place : places) {
            NodeNetwork network = new NodeNetwork(
                    place,
                    places,
                    new TcpProxy(proxyHost, postgres::port),
                    new TcpProxy(proxyHost, redis::port),
                    postgres.settings());
            String name = "node" + (nodes.size() + 1);
            FaultNode node = new FaultNode(name, directory.resolve(name), common, network);
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

    /** One that runs; where none does, because a second fault meets the first, the place of one. */
    FaultNode any(RandomGenerator chance) {
        List<FaultNode> alive = nodes.stream().filter(FaultNode::isAlive).toList();
        List<FaultNode> candidates = alive.isEmpty() ? nodes : alive;
        return candidates.get(chance.nextInt(candidates.size()));
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
