package io.zerostate.config;

import io.zerostate.task.Limits;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Turns merged values into records, with the range of each and the rules between them. */
final class SettingsReader {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long MIB = 1L << 20;

    private final SettingValues values;

    SettingsReader(SettingValues values) {
        this.values = values;
    }

    Settings read() {
        return new Settings(node(), http(), database(), queue(), execution(), binaries(), log());
    }

    private NodeSettings node() {
        String name = values.text("node.name");
        if (!name.matches("[A-Za-z0-9._-]{0,63}")) {
            values.problem("node.name may have up to 63 letters, digits, dots, dashes and underscores");
        }
        return new NodeSettings(name, path("node.data_dir"), values.duration("node.grace", Duration.ZERO, HOUR));
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
                (int) values.bytes("http.max_json", 1024, 64 * MIB),
                apiKey);
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

    private QueueSettings queue() {
        QueueSettings queue = new QueueSettings(
                values.duration("queue.lease", Duration.ofMillis(100), HOUR),
                values.duration("queue.heartbeat", Duration.ofMillis(10), HOUR),
                values.duration("queue.reap", Duration.ofMillis(10), HOUR),
                values.duration("queue.reconcile", Duration.ofMillis(10), HOUR),
                values.integer("queue.max_crashes", 1, 100));
        if (queue.heartbeat().multipliedBy(2).compareTo(queue.lease()) > 0) {
            values.problem("queue.heartbeat must be at most half of queue.lease, so that one lost heartbeat loses no task");
        }
        return queue;
    }

    private ExecutionSettings execution() {
        int slots = values.integer("execution.slots", 0, 1_000);
        Limits defaults = limits("execution.defaults");
        Limits maximum = limits("execution.maximum");
        if (defaults.timeoutMs() > maximum.timeoutMs()
                || defaults.memoryBytes() > maximum.memoryBytes()
                || defaults.stdoutBytes() > maximum.stdoutBytes()
                || defaults.stderrBytes() > maximum.stderrBytes()) {
            values.problem("execution.defaults must not be above execution.maximum");
        }
        return new ExecutionSettings(
                slots == 0 ? Runtime.getRuntime().availableProcessors() : slots,
                values.bytes("execution.module_cache", MIB, 1024 * 1024 * MIB),
                values.integer("execution.compile_threads", 1, 256),
                defaults,
                maximum);
    }

    private Limits limits(String section) {
        return new Limits(
                values.duration(section + ".timeout", MILLISECOND, Duration.ofMillis(Limits.MAXIMUM.timeoutMs())).toMillis(),
                values.bytes(section + ".memory", 65_536, Limits.MAXIMUM.memoryBytes()),
                values.bytes(section + ".stdout", 1, Limits.MAXIMUM.stdoutBytes()),
                values.bytes(section + ".stderr", 1, Limits.MAXIMUM.stderrBytes()));
    }

    private BinarySettings binaries() {
        return new BinarySettings(path("binaries.directory").toString());
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
