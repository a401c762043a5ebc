package io.zerostate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentationTest {

    /** The target of a Markdown link or image, without the place within it. */
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    static Stream<Path> documents() throws IOException {
        List<Path> guides;
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            guides = files.filter(file -> file.toString().endsWith(".md")).toList();
        }
        return Stream.concat(Stream.of(Path.of("README.md"), Path.of("tests/wasm/README.md")), guides.stream());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatIsLinkedIsThere(Path document) throws IOException {
        Stream<Path> linked = LINK.matcher(Files.readString(document))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .map(target -> document.toAbsolutePath().resolveSibling(target));

        assertThat(linked).allSatisfy(target -> assertThat(target).exists());
    }
}
