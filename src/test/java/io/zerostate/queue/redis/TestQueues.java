package io.zerostate.queue.redis;

import io.vertx.core.Vertx;
import io.zerostate.config.RedisSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Queues of several nodes in one namespace of a Redis, on a clock that a test can put forward: so a lease expires without waiting for it. */
final class TestQueues {
    static final Duration LEASE = Duration.ofSeconds(15);

    private static final String CONTRADICTIONS =
            """
            local seen, wrong = {}, {}
            local function see(id, where, hash)
              if seen[id] then wrong[#wrong + 1] = id .. ' is ' .. where .. ' and ' .. seen[id] end
              if redis.call('HEXISTS', hash, id) == 0 then wrong[#wrong + 1] = id .. ' is ' .. where .. ', not in ' .. hash end
              seen[id] = where
            end
            for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
              local id = string.sub(member, 31)
              see(id, 'ready', KEYS[3])
              if redis.call('HGET', KEYS[3], id) .. id ~= member then wrong[#wrong + 1] = id .. ' is at another place' end
            end
            for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do see(id, 'delayed', KEYS[3]) end
            for _, id in ipairs(redis.call('ZRANGE', KEYS[4], 0, -1)) do see(id, 'leased', KEYS[5]) end
            local waiting = redis.call('ZCARD', KEYS[1]) + redis.call('ZCARD', KEYS[2])
            if redis.call('HLEN', KEYS[3]) ~= waiting then wrong[#wrong + 1] = 'more places than tasks in line' end
            if redis.call('HLEN', KEYS[5]) ~= redis.call('ZCARD', KEYS[4]) then wrong[#wrong + 1] = 'more holders than leases' end
            return wrong
            """;

    private final Vertx vertx;
    private final TestRedis redis;
    private final String start;
    private final RedisSettings settings;
    private final QueueKeys keys;

    private TestQueues(Vertx vertx, TestRedis redis, String start) {
        this.vertx = vertx;
        this.redis = redis;
        this.start = start;
        this.settings = redis.settings();
        this.keys = QueueKeys.of(settings.namespace());
    }

    /** Their time is that of Redis, and goes on as it does. */
    TestQueues(Vertx vertx, TestRedis redis) {
        this(vertx, redis, "redis.call('TIME')");
    }

    /** Their time begins in 1970 and only goes on when told to. */
    static TestQueues whereTimeStandsStill(Vertx vertx, TestRedis redis) {
        return new TestQueues(vertx, redis, "{0, 0}");
    }

    RedisTaskQueue of(String node) {
        return RedisTaskQueue.connect(vertx, settings, node, LEASE, ScriptTexts.withClock(clock()));
    }

    private String clock() {
        return """
                local function clock()
                  local time = %s
                  return time[1] * 1000000 + time[2] + (redis.call('GET', KEYS[1] .. ':elapsed') or 0)
                end
                """
                .formatted(start);
    }

    Instant now() {
        List<?> time = (List<?>) redis.command("EVAL", clock() + "return {string.format('%.0f', clock())}", "1", keys.all().getFirst());
        return Instant.EPOCH.plus(Long.parseLong((String) time.getFirst()), ChronoUnit.MICROS);
    }

    void elapse(Duration time) {
        redis.command("INCRBY", keys.all().getFirst() + ":elapsed", Long.toString(time.toNanos() / 1_000));
    }

    /** Everything that is not as {@code line.lua} says it always is, seen at one instant. */
    List<?> contradictions() {
        List<String> words = new ArrayList<>(List.of("EVAL", CONTRADICTIONS, Integer.toString(keys.all().size())));
        words.addAll(keys.all());
        return (List<?>) redis.command(words.toArray(String[]::new));
    }

    /** Keys that hold something about a task. */
    List<?> keysOfTasks() {
        Set<String> others = Set.of(key("arrivals"), key("wake"), key("ready:elapsed"));
        List<?> all = (List<?>) redis.command("KEYS", key("*"));
        return all.stream().filter(key -> !others.contains(key)).toList();
    }

    private String key(String name) {
        return "{" + settings.namespace() + "}:" + name;
    }
}
