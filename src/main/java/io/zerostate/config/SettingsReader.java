package io.zerostate.config;

import io.zerostate.task.Limits;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns merged values into records, with the range of each and the rules between them. */
final class SettingsReader {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TEN_YEARS = Duration.ofDays(3_650);
    private static final long MIB = 1L << 20;

    /** The rest of the heap is for modules, results on their way, and the node itself. */
    private static final int HEAP_TENTHS_FOR_TASKS = 6;

    /** Fewer could be guessed. */
    private static final int MIN_KEY = 16;

    private final SettingValues values;

    SettingsReader(SettingValues values) {
        this.values = values;
    }

    Settings read() {
        NodeSettings node = node();
        return new Settings(
                node, http(), database(), redis(), cluster(), queue(), retention(), execution(node), binaries(), s3(), log());
    }

    private NodeSettings node() {
        String name = values.text("node.name");
        if (!name.matches("[A-Za-z0-9._-]{0,63}")) {
            values.problem("node.name may have up to 63 letters, digits, dots, dashes and underscores");
        }
        return new NodeSettings(
                name,
                path("node.data_dir"),
                roles(),
                values.duration("node.grace", Duration.ZERO, HOUR),
                values.duration("node.start_patience", Duration.ZERO, HOUR));
    }

    private Set<Role> roles() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : list("node.roles")) {
            switch (name) {
                case "api" -> roles.add(Role.API);
                case "executor" -> roles.add(Role.EXECUTOR);
                default -> values.problem("node.roles has \"" + name + "\", but knows only api and executor");
            }
        }
        if (roles.isEmpty()) {
            values.problem("node.roles must name api, executor or both");
            roles.add(Role.API);
        }
        return roles;
    }

    private HttpSettings http() {
        String host = values.text("http.host");
        String apiKey = values.text("http.api_key");
        if (apiKey.isEmpty() && !isLoopback(host)) {
            values.problem("http.host is \"" + host
                    + "\", but without http.api_key only a loopback address such as 127.0.0.1 may be bound");
        }
        return new HttpSettings(
                host,
                values.integer("http.port", 0, 65_535),
                values.duration("http.drain", Duration.ZERO, HOUR),
                (int) values.bytes("http.max_json", 1024, 64 * MIB),
                origins(),
                apiKey);
    }

    private List<String> origins() {
        List<String> origins = list("http.allowed_origins");
        if (!origins.stream().allMatch(origin -> origin.matches("https?://[^/@]+"))) {
            values.problem("http.allowed_origins must be like https://console.example.com, without a path");
        }
        return origins;
    }

    private boolean isLoopback(String host) {
        try {
            return !host.isBlank() && Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException unknown) {
            values.problem("http.host \"" + host + "\" is not known");
            return true;
        }
    }

    private DatabaseSettings database() {
        String url = values.text("database.url");
        if (!url.isEmpty() && !isDatabaseUrl(url)) {
            values.problem("database.url must look like postgresql://host:5432/database, without user and password");
        }
        return new DatabaseSettings(
                url,
                values.text("database.user"),
                values.text("database.password"),
                values.integer("database.pool_size", 1, 1_000));
    }

    /** User and password have keys of their own: in the URL they would end up in logs. */
    private static boolean isDatabaseUrl(String url) {
        try {
            URI uri = URI.create(url);
            return List.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getPath().length() > 1;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private RedisSettings redis() {
        List<URI> urls = new ArrayList<>();
        for (String text : list("redis.urls")) {
            URI url = redisUrl(text);
            if (url == null) {
                values.problem("redis.urls must be like redis://host:6379 or rediss://host:6379, without user and password, but has \""
                        + text + "\"");
            } else {
                urls.add(url);
            }
        }
        String namespace = values.text("redis.namespace");
        if (!namespace.matches("[A-Za-z0-9._-]{1,63}")) {
            values.problem("redis.namespace must be 1 to 63 letters, digits, dots, dashes and underscores");
        }
        return new RedisSettings(
                urls,
                values.text("redis.user"),
                values.text("redis.password"),
                values.text("redis.ca_file"),
                namespace,
                values.duration("redis.timeout", Duration.ofMillis(10), HOUR));
    }

    private static @Nullable URI redisUrl(String text) {
        try {
            URI url = URI.create(text);
            boolean wellFormed = List.of("redis", "rediss").contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null
                    && url.getUserInfo() == null;
            return wellFormed ? url : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private ClusterSettings cluster() {
        return new ClusterSettings(
                values.text("cluster.name"),
                values.text("cluster.host"),
                values.integer("cluster.port", 1, 65_535),
                values.integer("cluster.bus_port", 0, 65_535),
                list("cluster.members"),
                values.text("cluster.kubernetes_dns"),
                values.duration("cluster.heartbeat", Duration.ofSeconds(2), HOUR),
                values.text("cluster.config"));
    }

    private QueueSettings queue() {
        QueueSettings queue = new QueueSettings(
                values.duration("queue.lease", Duration.ofMillis(100), HOUR),
                values.duration("queue.heartbeat", Duration.ofMillis(10), HOUR),
                values.duration("queue.reap", Duration.ofMillis(10), HOUR),
                values.duration("queue.reconcile", Duration.ofMillis(10), HOUR),
                values.integer("queue.max_crashes", 1, 100),
                values.integer("queue.max_unfinished", 1, Integer.MAX_VALUE),
                values.integer("queue.max_unfinished_per_tenant", 1, Integer.MAX_VALUE));
        if (queue.heartbeat().multipliedBy(2).compareTo(queue.lease()) > 0) {
            values.problem("queue.heartbeat must be at most half of queue.lease, so that one lost heartbeat loses no task");
        }
        return queue;
    }

    private RetentionSettings retention() {
        return new RetentionSettings(
                values.duration("retention.age", Duration.ZERO, TEN_YEARS),
                values.integer("retention.tasks", 0, Integer.MAX_VALUE),
                values.duration("retention.every", MILLISECOND, HOUR));
    }

    private ExecutionSettings execution(NodeSettings node) {
        int slots = values.integer("execution.slots", 0, 1_000);
        long asked = values.bytes("execution.memory", 0, 1024 * 1024 * MIB);
        long memory = asked == 0 ? Runtime.getRuntime().maxMemory() / 10 * HEAP_TENTHS_FOR_TASKS : asked;
        // A node with a small heap starts as it is, and says what its tasks may have. A node that runs none lets others decide.
        long most = node.is(Role.EXECUTOR) ? memory : Long.MAX_VALUE;
        values.lowerDefault("execution.maximum.memory", most);
        values.lowerDefault("execution.defaults.memory", most);
        Limits defaults = limits("execution.defaults");
        Limits maximum = limits("execution.maximum");
        if (!defaults.isWithin(maximum)) {
            values.problem("execution.defaults must not be above execution.maximum");
        }
        if (maximum.memoryBytes() > most) {
            values.problem("execution.maximum.memory must not be above execution.memory, which is "
                    + Quantity.ofBytes(memory) + (asked == 0 ? ", six tenths of the heap: lower it, or give java a larger -Xmx" : ""));
        }
        return new ExecutionSettings(
                slots == 0 ? Runtime.getRuntime().availableProcessors() : slots,
                memory,
                values.bytes("execution.module_cache", MIB, 1024 * 1024 * MIB),
                values.bytes("execution.code_cache", 0, 1024 * 1024 * MIB),
                cacheKey(),
                values.integer("execution.compile_threads", 1, 256),
                values.duration("execution.warm_up", Duration.ZERO, Duration.ofSeconds(10)),
                defaults,
                maximum);
    }

    private String cacheKey() {
        String key = values.text("execution.cache_key");
        if (!key.isEmpty() && key.length() < MIN_KEY) {
            values.problem("execution.cache_key must have at least " + MIN_KEY + " characters, or be empty");
        }
        return key;
    }

    private Limits limits(String section) {
        return new Limits(
                values.duration(section + ".timeout", MILLISECOND, Duration.ofMillis(Limits.MAXIMUM.timeoutMs())).toMillis(),
                values.bytes(section + ".memory", 65_536, Limits.MAXIMUM.memoryBytes()),
                values.bytes(section + ".stdout", 1, Limits.MAXIMUM.stdoutBytes()),
                values.bytes(section + ".stderr", 1, Limits.MAXIMUM.stderrBytes()),
                values.bytes(section + ".input", 1, Limits.MAXIMUM.inputBytes()),
                values.integer(section + ".host_calls", 1, (int) Limits.MAXIMUM.hostCalls()),
                values.bytes(section + ".files", 1, Limits.MAXIMUM.fileBytes()));
    }

    private BinarySettings binaries() {
        return new BinarySettings(
                path("binaries.directory").toString(), values.bytes("binaries.cache", 0, 1024 * 1024 * MIB));
    }

    private S3Settings s3() {
        S3Settings s3 = new S3Settings(
                values.text("s3.bucket"),
                values.text("s3.endpoint"),
                values.text("s3.region"),
                values.flag("s3.path_style"),
                values.text("s3.prefix"),
                values.text("s3.access_key"),
                values.text("s3.secret_key"));
        if (s3.accessKey().isEmpty() != s3.secretKey().isEmpty()) {
            values.problem("s3.access_key and s3.secret_key go together: set both or neither");
        }
        if (!s3.endpoint().isEmpty() && !s3.endpoint().matches("https?://[^/@]+/?")) {
            values.problem("s3.endpoint must look like https://host:9000");
        }
        if (s3.region().isBlank()) {
            values.problem("s3.region must not be empty: servers that have no regions take any name");
        }
        return s3;
    }

    /** Elements between commas, in their order. */
    private List<String> list(String key) {
        return Arrays.stream(values.text(key).split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    private Path path(String key) {
        String text = values.text(key);
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
            values.problem(key + " must name a directory, but is empty");
        } catch (InvalidPathException invalid) {
            values.problem(key + " is not a path: " + invalid.getReason());
        }
        return Path.of(".");
    }

    private LogSettings log() {
        return new LogSettings(
                choice("log.format", LogSettings.Format.class), choice("log.level", LogSettings.Level.class));
    }

    private <E extends Enum<E>> E choice(String key, Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return Enum.valueOf(type, values.oneOf(key, names).toUpperCase(Locale.ROOT));
    }
}
