package io.zerostate.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.zerostate.bus.QueueEntry;
import io.zerostate.config.RedisSettings;
import io.zerostate.postgres.Answers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Redis Cluster of two servers, each with half of the slots. */
class RedisClusterTest {
    private static final int SLOTS = 16_384;
    private static final Duration LONG = Duration.ofMinutes(1);

    private static Vertx vertx;
    private static TestRedis low;
    private static TestRedis high;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        low = TestRedis.start("--cluster-enabled", "yes");
        high = TestRedis.start("--cluster-enabled", "yes");
        addSlots(low, 0, SLOTS / 2);
        addSlots(high, SLOTS / 2, SLOTS);
        low.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(high.port()));
        for (TestRedis server : List.of(low, high)) {
            new Patience(vertx).until(() -> {
                String info = server.command("CLUSTER", "INFO").toString();
                return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:2");
            });
        }
    }

    @AfterAll
    static void close() {
        low.close();
        high.close();
        Answers.of(vertx.close());
    }

    private static void addSlots(TestRedis server, int from, int to) {
        server.command(Stream.concat(
                        Stream.of("CLUSTER", "ADDSLOTS"), IntStream.range(from, to).mapToObj(Integer::toString))
                .toArray(String[]::new));
    }

    private static RedisTaskQueue connect(String namespace, String node) {
        List<URI> urls = Stream.of(low, high).map(server -> URI.create("redis://127.0.0.1:" + server.port())).toList();
        RedisSettings settings = new RedisSettings(urls, "", "", "", namespace, Duration.ofSeconds(10));
        return RedisTaskQueue.connect(vertx, settings, node, Duration.ofSeconds(15));
    }

    @Test
    void eachNamespaceLivesOnOneServerAndTheyAreSpreadOverAll() {
        Set<TestRedis> homes = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            String namespace = "zs-" + i;
            RedisTaskQueue queue = connect(namespace, "node-1");
            RedisTaskQueue other = connect(namespace, "node-2");
            QueueEntry entry = new QueueEntry(UUID.randomUUID(), 2, Instant.EPOCH);
            Future<Void> work = other.awaitWork(LONG);
            Answers.of(queue.offer(List.of(entry)));
            Answers.of(work);
            assertThat(Answers.of(other.lease(1))).containsExactly(entry);
            assertThat(Answers.of(queue.missing(List.of(entry.taskId())))).isEmpty();
            homes.add(homeOf(namespace));
            Answers.of(queue.close());
            Answers.of(other.close());
        }
        assertThat(homes).containsExactlyInAnyOrder(low, high);
    }

    private static TestRedis homeOf(String namespace) {
        List<TestRedis> homes = new ArrayList<>();
        for (TestRedis server : List.of(low, high)) {
            if (!((List<?>) server.command("KEYS", "{" + namespace + "}:*")).isEmpty()) {
                homes.add(server);
            }
        }
        assertThat(homes).hasSize(1);
        return homes.getFirst();
    }

    @Test
    void aScriptThatOneServerForgotIsSentAgain() {
        RedisTaskQueue queue = connect("forgotten", "node-1");
        Answers.of(queue.check());
        low.command("SCRIPT", "FLUSH");
        high.command("SCRIPT", "FLUSH");

        Answers.of(queue.check());
        Answers.of(queue.close());
    }
}
