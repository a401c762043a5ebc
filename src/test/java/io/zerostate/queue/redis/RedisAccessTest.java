package io.zerostate.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.config.RedisSettings;
import io.zerostate.postgres.Answers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and TLS. */
class RedisAccessTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String NODE = "node-1";
    private static final String USER = "zs";
    private static final String PASSWORD = "not-for-logs";

    @TempDir
    private Path directory;

    private Vertx vertx;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void close() {
        Answers.of(vertx.close());
    }

    private RedisTaskQueue connect(String url, String user, String password, String caFile) {
        RedisSettings settings = new RedisSettings(List.of(URI.create(url)), user, password, caFile, "zs", TIMEOUT);
        return RedisTaskQueue.connect(vertx, settings, NODE, Duration.ofSeconds(15));
    }

    private String failureOf(RedisTaskQueue queue) {
        Throwable failure = catchThrowable(() -> Answers.of(queue.check()));
        Answers.of(queue.close());
        return failure.getMessage();
    }

    /** Every call of the port. */
    private static void walk(RedisTaskQueue queue) {
        QueueEntry first = new QueueEntry(UUID.randomUUID(), 2, Instant.EPOCH);
        QueueEntry second = new QueueEntry(UUID.randomUUID(), 2, Instant.EPOCH.plusSeconds(1));
        QueueEntry later = new QueueEntry(UUID.randomUUID(), 2, Instant.parse("2200-01-01T00:00:00Z"));
        UUID adopted = UUID.randomUUID();
        Answers.of(queue.check());
        Answers.of(queue.awaitWork(Duration.ofMillis(20)));
        Answers.of(queue.offer(List.of(first, second, later)));
        Answers.of(queue.awaitWork(TIMEOUT));
        assertThat(Answers.of(queue.lease(5))).containsExactly(first, second);
        assertThat(Answers.of(queue.heartbeat(List.of(first.taskId())))).isEmpty();
        Answers.of(queue.requeue(first));
        Answers.of(queue.release(second.taskId()));
        Answers.of(queue.withdraw(List.of(first.taskId(), later.taskId())));
        Answers.of(queue.adopt(List.of(new LostLease(adopted, NODE))));
        assertThat(Answers.of(queue.reap(5))).isEmpty();
        assertThat(Answers.of(queue.missing(List.of(first.taskId(), adopted)))).containsExactly(first.taskId());
        assertThat(Answers.of(queue.depth())).isZero();
        Answers.of(queue.close());
    }

    @Test
    void aUserWithTheRightsThatTheDocumentationListsCanDoEverything() {
        try (TestRedis redis = TestRedis.start()) {
            redis.command(("ACL SETUSER zs on >not-for-logs ~{zs}:* +eval +evalsha +time +blpop +rpush +llen +del +exists +incrby +hello"
                            + " +@sortedset +@hash -@dangerous")
                    .split(" "));
            redis.command("ACL", "SETUSER", "default", "off");

            walk(connect("redis://127.0.0.1:" + redis.port(), USER, PASSWORD, ""));
            assertThat(failureOf(connect("redis://127.0.0.1:" + redis.port(), "", "", "")))
                    .contains("wants redis.user and redis.password");
        }
    }

    @Test
    void whatAUserMayNotDoIsSaid() {
        try (TestRedis redis = TestRedis.start()) {
            redis.command("ACL SETUSER zs on >not-for-logs ~other:* +@all".split(" "));
            assertThat(failureOf(connect("redis://127.0.0.1:" + redis.port(), USER, PASSWORD, "")))
                    .startsWith("Redis at 127.0.0.1:" + redis.port() + " refuses: ")
                    .contains("NOPERM")
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    void aPasswordOfTheDefaultUserIsEnoughAndAWrongOneIsNotRepeated() {
        try (TestRedis redis = TestRedis.start("--requirepass", PASSWORD)) {
            walk(connect("redis://127.0.0.1:" + redis.port() + "/3", "", PASSWORD, ""));
            assertThat(failureOf(connect("redis://127.0.0.1:" + redis.port(), "", "wrong-password", "")))
                    .contains("WRONGPASS")
                    .doesNotContain("wrong-password");
        }
    }

    @Test
    void aServerThatDoesNotKnowTheLoginByHelloGetsTheOldOne() {
        try (TestRedis redis = TestRedis.start("--requirepass", PASSWORD, "--rename-command", "HELLO", "")) {
            walk(connect("redis://127.0.0.1:" + redis.port(), "", PASSWORD, ""));
        }
    }

    @Test
    void aPasswordThatAServerQuotesIsNotRepeated() {
        RedisTarget target = new RedisTarget(
                new RedisSettings(List.of(URI.create("redis://h")), "", PASSWORD, "", "zs", TIMEOUT));

        assertThat(target.explain(new IllegalStateException("unknown command, with args `AUTH` `" + PASSWORD + "`")))
                .hasMessage("Redis at h:6379 cannot be reached: unknown command, with args `AUTH` `***`");
    }

    @Test
    void anAddressThatIsNotOneFailsTheCallsAndThrowsNothing() {
        assertThat(failureOf(connect("redis://127.0.0.1:6379/not-a-number", "", "", ""))).contains("not-a-number");
        assertThat(failureOf(connect("redis://host.invalid:6379", "", "", "")))
                .startsWith("Redis at host.invalid:6379 cannot be reached: ");
    }

    @Test
    void tlsIsSpokenWithAServerWhoseAuthorityIsTrusted() {
        TestCertificate certificate = TestCertificate.create(directory, "ip:127.0.0.1");
        TestCertificate stranger = TestCertificate.create(directory, "ip:127.0.0.2");
        try (TestRedis redis = TestRedis.start(certificate.options())) {
            String url = "rediss://127.0.0.1:" + redis.port();
            walk(connect(url, "", "", certificate.certificateFile().toString()));
            assertThat(failureOf(connect(url, "", "", stranger.certificateFile().toString())))
                    .as("signed by somebody else")
                    .startsWith("Redis at 127.0.0.1:" + redis.port() + " cannot be reached: ")
                    .contains("certification path");
            assertThat(failureOf(connect(url, "", "", ""))).as("not signed by whom Java trusts").contains("certification path");
            assertThat(failureOf(connect(url, "", "", directory.resolve("absent.pem").toString())))
                    .as("no such file")
                    .contains("absent.pem");
        }
    }

    @Test
    void aServerThatIsCertifiedForAnotherNameIsNotTrusted() {
        TestCertificate certificate = TestCertificate.create(directory, "dns:elsewhere.example");
        try (TestRedis redis = TestRedis.start(certificate.options())) {
            assertThat(failureOf(connect(
                            "rediss://127.0.0.1:" + redis.port(), "", "", certificate.certificateFile().toString())))
                    .contains("cannot be reached: ")
                    .contains("127.0.0.1 found");
        }
    }
}
