package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one file that is the product. */
class JarIT {
    private static final long MAX_BYTES = 150L << 20;

    private final Path path = Path.of(System.getProperty("zerostate.jar"));
    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(path.toFile());
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    private List<String> service(String name) throws IOException {
        ZipEntry entry = jar.getEntry("META-INF/services/" + name);
        return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void startsByItselfWithWhatAManifestCanCarry() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();
        assertThat(manifest.getValue("Main-Class")).isEqualTo("io.zerostate.app.Main");
        assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
        assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
    }

    @Test
    void keepsTheServicesOfAllLibraries() throws IOException {
        assertThat(service("java.sql.Driver")).contains("org.postgresql.Driver");
        assertThat(service("io.vertx.sqlclient.spi.Driver")).isNotEmpty();
        // From two libraries, which must not overwrite each other.
        assertThat(service("org.flywaydb.core.extensibility.Plugin"))
                .anyMatch(plugin -> plugin.contains("postgresql"))
                .anyMatch(plugin -> !plugin.contains("postgresql"));
    }

    @Test
    void bringsThePageItsLibrariesAndAPostgresqlForEachMachine() {
        assertThat(jar.stream().map(ZipEntry::getName))
                .contains(
                        "openapi.yaml",
                        "conf/zerostate.json",
                        "web/index.html",
                        "postgres-linux-x86_64.txz",
                        "postgres-linux-arm_64.txz",
                        "postgres-darwin-x86_64.txz",
                        "postgres-darwin-arm_64.txz")
                .anyMatch(name -> name.contains("webjars/swagger-ui"))
                .anyMatch(name -> name.contains("webjars/sockjs-client"))
                .anyMatch(name -> name.endsWith("webjars/uplot/1.6.30/dist/uPlot.iife.min.js"))
                // What only tests need stays with them.
                .noneMatch(name -> name.contains("axe-core"));
    }

    @Test
    void carriesNoSignatureOfAnotherJar() {
        assertThat(jar.stream().map(ZipEntry::getName)).noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
    }

    @Test
    void doesNotGrowUnnoticed() throws IOException {
        assertThat(Files.size(path)).isLessThan(MAX_BYTES);
    }
}
