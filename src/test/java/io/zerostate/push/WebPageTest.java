package io.zerostate.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page at {@code /} may be made of. */
class WebPageTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");
    private static final Pattern IMPORT = Pattern.compile("from '(\\.{1,2}/[^']+)'");

    @Test
    void everyFileThatThePageLoadsIsInTheProduct() {
        List<String> files = all(REFERENCE, read(WEB.resolve("index.html"))).stream()
                .filter(path -> path.contains("."))
                .toList();
        assertThat(files).contains("/app.js", "/style.css").allSatisfy(file -> assertThat(exists(file)).as(file).isTrue());
    }

    /** Otherwise a browser finds out about each only when it has read the one that imports it. */
    @Test
    void everyModuleIsLoadedAtOnce() {
        List<String> modules = files(".js").stream().map(file -> "/" + WEB.relativize(file)).toList();
        assertThat(all(REFERENCE, read(WEB.resolve("index.html")))).containsAll(modules);
    }

    @Test
    void everyModuleThatAScriptImportsIsThere() {
        for (Path script : files(".js")) {
            assertThat(all(IMPORT, read(script))).allSatisfy(module -> assertThat(script.resolveSibling(module)).exists());
        }
    }

    @Test
    void thePageHasNoInlineScriptOrStyle() {
        assertThat(read(WEB.resolve("index.html"))).doesNotContainPattern("<script>|<style|\\sstyle=|\\son[a-z]+=|javascript:");
    }

    @Test
    void noTextCanBecomeMarkupOrCode() {
        assertThat(files(".js")).isNotEmpty().allSatisfy(script -> assertThat(read(script))
                .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|eval\\(|new Function"));
    }

    @Test
    void nothingIsLoadedFromAnotherHost() {
        assertThat(files("")).allSatisfy(file -> assertThat(read(file).replace("http://www.w3.org/2000/svg", ""))
                .doesNotContainPattern("https?://|[\"'(]//"));
    }

    private static boolean exists(String path) {
        String resource = path.startsWith("/webjars/") ? "META-INF/resources" + path : "web" + path;
        try (InputStream in = WebPageTest.class.getClassLoader().getResourceAsStream(resource)) {
            return in != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(WEB)) {
            return files.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
