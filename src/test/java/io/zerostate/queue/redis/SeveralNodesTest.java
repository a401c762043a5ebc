package io.zerostate.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.postgres.Answers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** Nodes that do to one queue whatever nodes do, all at once. */
class SeveralNodesTest {
    private static final int NODES = 4;
    private static final int STEPS = 120;

    private static Vertx vertx;

    private final Map<UUID, String> held = new ConcurrentHashMap<>();
    private final Set<UUID> offered = ConcurrentHashMap.newKeySet();
    private final Queue<UUID> ended = new ConcurrentLinkedQueue<>();

    @BeforeContainer
    static void open() {
        vertx = Vertx.vertx();
    }

    @BeforeTry
    void forget() {
        held.clear();
        offered.clear();
        ended.clear();
    }

    @AfterContainer
    static void close() {
        vertx.close().await();
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void nothingIsLeasedTwiceLostOrInTwoPlaces(@ForAll long seed) throws Exception {
        TestQueues queues = new TestQueues(vertx, TestRedis.shared());
        List<Node> nodes = IntStream.range(0, NODES)
                .mapToObj(i -> new Node("node-" + i, queues.of("node-" + i), new Random(seed + i), queues.now()))
                .toList();
        atOnce(nodes, node -> {
            for (int step = 0; step < STEPS; step++) {
                node.step();
                assertThat(queues.contradictions()).isEmpty();
            }
        });

        // Half of them stop without a word, and nobody renews what the others hold.
        Map<UUID, String> expected = Map.copyOf(held);
        queues.elapse(TestQueues.LEASE);
        List<Node> rest = nodes.subList(NODES / 2, NODES);
        Queue<LostLease> reaped = new ConcurrentLinkedQueue<>();
        atOnce(rest, node -> reaped.addAll(node.reapAll()));
        assertThat(reaped).as("each lease is reaped by one").hasSameSizeAs(expected.keySet()).allSatisfy(lease -> assertThat(
                        expected)
                .containsEntry(lease.taskId(), lease.node()));
        assertThat(queues.contradictions()).isEmpty();

        queues.elapse(TestQueues.LEASE);
        atOnce(rest, Node::drain);
        assertThat(ended).as("each task ends once").containsExactlyInAnyOrderElementsOf(offered);
        assertThat(queues.keysOfTasks()).isEmpty();
        nodes.forEach(node -> Answers.of(node.queue.close()));
    }

    private interface Deed {
        void of(Node node);
    }

    private static void atOnce(List<Node> nodes, Deed deed) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes.size())) {
            List<Future<?>> done = new ArrayList<>();
            nodes.forEach(node -> done.add(threads.submit(() -> deed.of(node))));
            for (Future<?> one : done) {
                one.get();
            }
        }
    }

    private final class Node {
        private final String name;
        private final RedisTaskQueue queue;
        private final Random random;
        private final Instant start;
        private final List<QueueEntry> mine = new ArrayList<>();

        private Node(String name, RedisTaskQueue queue, Random random, Instant start) {
            this.name = name;
            this.queue = queue;
            this.random = random;
            this.start = start;
        }

        private void step() {
            switch (random.nextInt(8)) {
                case 0, 1 -> offer();
                case 2, 3, 4 -> lease();
                case 5 -> letGo();
                case 6 -> {
                    List<UUID> ids = mine.stream().map(QueueEntry::taskId).toList();
                    assertThat(Answers.of(queue.heartbeat(ids))).as("lost, though no time has passed").isEmpty();
                }
                default -> {
                    // What others hold or have ended is not changed by who does not hold it.
                    List<UUID> foreign = held.keySet().stream().filter(id -> !name.equals(held.get(id))).limit(3).toList();
                    foreign.forEach(id -> Answers.of(queue.release(id)));
                    assertThat(Answers.of(queue.reap(10))).isEmpty();
                }
            }
        }

        /** New ones, and some that may stand in line, run or have ended since somebody looked: those that have ended are left out. */
        private void offer() {
            List<QueueEntry> entries = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                entries.add(entry(UUID.randomUUID()));
            }
            held.keySet().stream().limit(2).filter(id -> name.equals(held.get(id))).forEach(id -> entries.add(entry(id)));
            entries.forEach(entry -> offered.add(entry.taskId()));
            Answers.of(queue.offer(entries));
        }

        private QueueEntry entry(UUID id) {
            return new QueueEntry(id, random.nextInt(-1, 4), start.plusMillis(random.nextInt(300)));
        }

        private void lease() {
            for (QueueEntry entry : Answers.of(queue.lease(random.nextInt(1, 5)))) {
                assertThat(held.putIfAbsent(entry.taskId(), name)).as("leased, while held by another").isNull();
                mine.add(entry);
            }
        }

        private void letGo() {
            while (!mine.isEmpty() && random.nextBoolean()) {
                QueueEntry entry = mine.removeFirst();
                held.remove(entry.taskId());
                if (random.nextBoolean()) {
                    ended.add(entry.taskId());
                    Answers.of(queue.release(entry.taskId()));
                } else {
                    Answers.of(queue.requeue(entry(entry.taskId())));
                }
            }
        }

        private List<LostLease> reapAll() {
            List<LostLease> all = new ArrayList<>();
            for (List<LostLease> some = Answers.of(queue.reap(3)); !some.isEmpty(); some = Answers.of(queue.reap(3))) {
                some.forEach(lease -> Answers.of(queue.requeue(entry(lease.taskId()))));
                all.addAll(some);
            }
            return all;
        }

        private void drain() {
            for (List<QueueEntry> some = Answers.of(queue.lease(5)); !some.isEmpty(); some = Answers.of(queue.lease(5))) {
                some.forEach(entry -> {
                    ended.add(entry.taskId());
                    Answers.of(queue.release(entry.taskId()));
                });
            }
        }
    }
}
