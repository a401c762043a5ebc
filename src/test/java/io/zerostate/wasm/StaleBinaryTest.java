package io.zerostate.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the test agents against {@code tests/wasm/MANIFEST.sha256}, so that nobody changes a source and commits the old
 * binary, or the other way round. It needs no compiler: {@code tests/wasm/build} writes the manifest.
 */
class StaleBinaryTest {

    private static final Path FOLDER = Path.of("tests", "wasm");
    private static final Path MANIFEST = FOLDER.resolve("MANIFEST.sha256");
    private static final List<String> SOURCE_FOLDERS =
            List.of("assemblyscript", "bench", "c", "go", "malformed", "rust", "wat");
    private static final String REBUILD = "run tests/wasm/build and commit what it writes";

    /** One line of the manifest: {@code BINARY SHA256-OF-BINARY SHA256-OVER-SOURCES SOURCE...}. */
    private record Entry(String binary, String binaryHash, String sourcesHash, List<String> sources) {

        static Entry parse(String line) {
            var fields = List.of(line.split(" "));
            assertThat(fields).as("manifest line %s", line).hasSizeGreaterThanOrEqualTo(4);
            return new Entry(fields.get(0), fields.get(1), fields.get(2), fields.subList(3, fields.size()));
        }
    }

    @Test
    void everyBinaryIsTheOneThatTheManifestNames() throws IOException {
        assertThat(entries().filter(entry -> !sha256(read(entry.binary())).equals(entry.binaryHash())))
                .extracting(Entry::binary)
                .as("binaries that differ from the manifest: %s", REBUILD)
                .isEmpty();
    }

    @Test
    void everyBinaryWasBuiltFromTheSourcesAsTheyAreNow() throws IOException {
        assertThat(entries().filter(entry -> !sourcesHash(entry.sources()).equals(entry.sourcesHash())))
                .extracting(Entry::binary)
                .as("binaries of which a source has changed: %s", REBUILD)
                .isEmpty();
    }

    @Test
    void noBinaryIsMissingFromTheManifest() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(FOLDER), Files.list(FOLDER.resolve("bench")))) {
            assertThat(files.map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                            .filter(name -> name.endsWith(".wasm") || name.endsWith(".bin")))
                    .as(REBUILD)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(binaries());
        }
    }

    @Test
    void noSourceIsMissingFromTheManifest() throws IOException {
        var sources = new TreeSet<String>();
        for (String folder : SOURCE_FOLDERS) {
            try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
                files.filter(Files::isRegularFile)
                        // In bench the binaries lie beside their sources, and what runs them too.
                        .filter(file -> !file.toString().endsWith(".wasm") && !file.endsWith("compare"))
                        .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                        .forEach(sources::add);
            }
        }
        assertThat(sources)
                .as(REBUILD)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(entries()
                        .flatMap(entry -> entry.sources().stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyBinaryHasACase() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("cases"))) {
            var cases = files.filter(file -> file.getFileName().toString().endsWith(".case.json"))
                    .map(StaleBinaryTest::text)
                    .collect(Collectors.joining());
            assertThat(binaries().stream().filter(binary -> !cases.contains("\"module\": \"" + binary + "\"")))
                    .as("binaries that no file in tests/wasm/cases runs")
                    .isEmpty();
        }
    }

    private static Set<String> binaries() throws IOException {
        return entries().map(Entry::binary).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Entry> entries() throws IOException {
        return Files.readAllLines(MANIFEST).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Entry::parse);
    }

    /** The SHA-256 of the lines {@code "SHA256  PATH\n"}, one a source, sorted by path. */
    private static String sourcesHash(List<String> sources) {
        return sha256(sources.stream()
                .sorted()
                .map(source -> sha256(read(source)) + "  " + source + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] read(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
