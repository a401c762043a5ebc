package io.zerostate;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one package may import, besides {@code java.*}, SLF4J, jspecify and itself. The table is the layering of the design; a package
 * that is not in it does not exist.
 *
 * @param name below {@code io.zerostate}
 * @param layer imports go to lower layers only
 * @param mayImport package identifiers as ArchUnit understands them: {@code ..} at the end takes in subpackages
 */
record PackageRow(String name, int layer, List<String> mayImport) {
    static final String BASE = "io.zerostate.";

    /** For every package. {@code javax.crypto} belongs to java.base, and is no more a library than {@code java.security}. */
    static final List<String> ALWAYS = List.of("java..", "javax.crypto..", "org.slf4j..", "org.jspecify..");

    private static final String VERTX = "io.vertx.core..";
    private static final List<String> DOMAIN = own("task", "agent");
    private static final List<String> DOMAIN_AND_PORTS =
            own("task", "agent", "config", "bus", "metrics", "wasm", "binary");
    private static final List<String> POSTGRES_CLIENT = List.of(VERTX, "io.vertx.sqlclient..", "io.vertx.pgclient..");

    static final List<PackageRow> TABLE = List.of(
            row("task", 0),
            row("agent", 0, own("task")),
            row("config", 1, own("task"), List.of("io.vertx.core.json")),
            row("bus", 1, DOMAIN, List.of(VERTX)),
            row("metrics", 1, own("task"), List.of("io.micrometer.core..")),
            row("wasm", 1, DOMAIN, List.of("com.github.benmanes.caffeine..")),
            row("wasm.split", 1),
            row("binary", 1, DOMAIN, List.of(VERTX)),
            row("postgres", 1, own("task", "config"), POSTGRES_CLIENT, List.of("org.flywaydb.core..")),
            row(
                    "http",
                    2,
                    DOMAIN_AND_PORTS,
                    List.of(
                            VERTX,
                            "io.vertx.ext.web..",
                            "io.vertx.openapi..",
                            "io.vertx.json.schema..",
                            "org.yaml.snakeyaml..")),
            row("queue", 2, DOMAIN_AND_PORTS, List.of(VERTX)),
            row("execution", 2, DOMAIN_AND_PORTS, List.of(VERTX)),
            row("result", 2, DOMAIN_AND_PORTS, List.of(VERTX)),
            row("registry", 2, DOMAIN_AND_PORTS, List.of(VERTX)),
            row("push", 2, DOMAIN_AND_PORTS, List.of(VERTX, "io.vertx.ext.web..")),
            row("queue.local", 3, DOMAIN, own("queue", "bus", "config"), List.of(VERTX)),
            row("queue.redis", 3, DOMAIN, own("queue", "bus", "config"), List.of(VERTX, "io.vertx.redis.client..")),
            row("result.postgres", 3, DOMAIN, own("result", "bus", "postgres"), POSTGRES_CLIENT),
            row("registry.postgres", 3, DOMAIN, own("registry", "bus", "postgres"), POSTGRES_CLIENT),
            row("binary.directory", 3, DOMAIN, own("binary", "config"), List.of(VERTX)),
            row("binary.s3", 3, DOMAIN, own("binary", "config"), List.of(VERTX, "software.amazon.awssdk..", "org.reactivestreams..")),
            row("wasm.chicory", 3, DOMAIN, own("wasm", "wasm.split", "config"), List.of("com.dylibso.chicory..", "org.objectweb.asm..")),
            row("app", 4, own("app.command"), List.of("picocli..")),
            row(
                    "app.command",
                    4,
                    own("task", "config", "wasm", "wasm.chicory"),
                    own("app.bench", "app.client", "app.logging", "app.node", "app.postgres"),
                    List.of("picocli..", "io.vertx.core.json")),
            row("app.bench", 4, own("task", "app.client"), List.of(VERTX, "org.HdrHistogram..")),
            row("app.client", 4, List.of(VERTX)),
            row(
                    "app.node",
                    4,
                    DOMAIN_AND_PORTS,
                    own("postgres", "http", "queue..", "execution", "result..", "registry..", "push"),
                    own("binary.directory", "binary.s3", "wasm.chicory", "app.cluster", "app.postgres"),
                    POSTGRES_CLIENT,
                    List.of("io.vertx.ext.web..", "io.vertx.micrometer..", "io.micrometer.."),
                    List.of("com.fasterxml.uuid..", "org.flywaydb.core.api..")),
            row(
                    "app.cluster",
                    4,
                    own("config"),
                    List.of("com.hazelcast..", "io.vertx.core.spi.cluster..", "io.vertx.spi.cluster.hazelcast..")),
            row("app.logging", 4, own("config"), List.of("ch.qos.logback..", "net.logstash.logback..")),
            row(
                    "app.postgres",
                    4,
                    own("config"),
                    List.of("org.apache.commons.compress..", "org.tukaani.xz")));

    String packageName() {
        return BASE + name;
    }

    @Override
    public String toString() {
        return name;
    }

    @SafeVarargs
    private static PackageRow row(String name, int layer, List<String>... mayImport) {
        return new PackageRow(name, layer, Stream.of(mayImport).flatMap(List::stream).toList());
    }

    private static List<String> own(String... names) {
        return Stream.of(names).map(BASE::concat).toList();
    }
}
