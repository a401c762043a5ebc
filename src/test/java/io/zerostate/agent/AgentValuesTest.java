package io.zerostate.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerostate.task.LimitOverrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values that agents are made of. */
class AgentValuesTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "hello-c", "json.pick_2", "A.b-C_d"})
    void namesAreMadeOfLettersDigitsDotsDashesAndUnderscores(String name) {
        assertThat(Agent.NAME.matcher(name).matches()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-rf", "_x", "a/b", "a b", "a\n", "ä", "a\u0000", "../etc", "a:b", "<b>"})
    void aNameIsNeverAPathAnOptionOrMarkup(String name) {
        assertThat(Agent.NAME.matcher(name).matches()).isFalse();
    }

    @Test
    void aNameIsAtMost128CharactersLong() {
        assertThat(Agent.NAME.matcher("x".repeat(128)).matches()).isTrue();
        assertThat(Agent.NAME.matcher("x".repeat(129)).matches()).isFalse();
    }

    @Test
    void importsComeToPermissionsInPlainWords() {
        assertThat(Permission.of(List.of(
                        "wasi_snapshot_preview1.proc_exit",
                        "wasi_snapshot_preview1.path_open",
                        "wasi_snapshot_preview1.fd_write",
                        "wasi_snapshot_preview1.sock_send",
                        "wasi_snapshot_preview1.fd_close")))
                .containsExactly(Permission.OUTPUT, Permission.FILES, Permission.NETWORK);
        assertThat(Permission.OUTPUT.words()).isEqualTo("writes to stdout and stderr");
    }

    @Test
    void aDigestIs64LowerCaseHexDigits() {
        assertThat(new BinaryRef(SHA256, 0).sha256()).isEqualTo(SHA256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123", "../../../../etc/passwd"})
    void anythingElseIsNoDigest(String digest) {
        assertThatThrownBy(() -> new BinaryRef(digest, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void norIsOneInUpperCaseOrWithOneDigitMore() {
        assertThatThrownBy(() -> new BinaryRef(SHA256.toUpperCase(Locale.ROOT), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BinaryRef(SHA256 + "0", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BinaryRef(SHA256 + "\n", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aModuleHasNoNegativeSize() {
        assertThatThrownBy(() -> new BinaryRef(SHA256, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLargestModuleHas50MiB() {
        assertThat(BinaryRef.MAX_SIZE_BYTES).isEqualTo(52_428_800);
    }

    @Test
    void aManifestKeepsItsOwnCapabilities() {
        List<String> capabilities = new ArrayList<>(List.of("json"));
        Manifest manifest = new Manifest("", capabilities, LimitOverrides.NONE);
        capabilities.add("later");
        assertThat(manifest.capabilities()).containsExactly("json");
    }

    @Test
    void aReportKeepsItsOwnLists() {
        List<String> imports = new ArrayList<>(List.of("wasi_snapshot_preview1.fd_write"));
        List<String> warnings = new ArrayList<>();
        ModuleReport report = new ModuleReport(imports, 0, -1, 1, 0, 1, warnings);
        imports.clear();
        warnings.add("later");
        assertThat(report.imports()).hasSize(1);
        assertThat(report.warnings()).isEmpty();
    }
}
