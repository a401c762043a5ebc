package io.zerostate.queue.redis;

import io.vertx.core.Vertx;
import io.zerostate.config.RedisSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Queues of several nodes in one namespace of a Redis, whose clock is Redis' own and a shift that only the test changes: so a lease
 * expires without waiting for it, and timers go on as they do.
 */
final class TestQueues {
    static final Duration LEASE = Duration.ofSeconds(15);

    private static final String CLOCK =
            """
            local function clock()
              local time = redis.call('TIME')
              return time[1] * 1000000 + time[2] + (redis.call('GET', KEYS[1] .. ':elapsed') or 0)
            end
            """;

    private final Vertx vertx;
    private final TestRedis redis;
    private final RedisSettings settings;
    private final String elapsedKey;

    TestQueues(Vertx vertx, TestRedis redis) {
        this.vertx = vertx;
        this.redis = redis;
        this.settings = redis.settings();
        this.elapsedKey = QueueKeys.of(settings.namespace()).all().getFirst() + ":elapsed";
    }

    RedisTaskQueue of(String node) {
        return RedisTaskQueue.connect(vertx, settings, node, LEASE, ScriptTexts.withClock(CLOCK));
    }

    RedisSettings settings() {
        return settings;
    }

    Instant now() {
        List<?> time = (List<?>) redis.command("TIME");
        Object elapsed = redis.command("GET", elapsedKey);
        return Instant.ofEpochSecond(Long.parseLong((String) time.getFirst()))
                .plus(Long.parseLong((String) time.getLast()), ChronoUnit.MICROS)
                .plus(elapsed == null ? 0 : Long.parseLong((String) elapsed), ChronoUnit.MICROS);
    }

    void elapse(Duration time) {
        redis.command("INCRBY", elapsedKey, Long.toString(time.toNanos() / 1_000));
    }
}
