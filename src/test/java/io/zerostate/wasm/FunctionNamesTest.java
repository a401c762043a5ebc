package io.zerostate.wasm;

import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.leb;
import static io.zerostate.wasm.WasmBytes.name;
import static io.zerostate.wasm.WasmBytes.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.task.Bytes;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionNamesTest {
    private static final byte[] NAMES =
            concat(leb(3), leb(0), name("main"), leb(5), name("bell\u0007"), leb(700), name("crypto/ed25519.step"));

    @Test
    void namesAreThoseOfTheNameSection() {
        Bytes wasm = withNames(concat(bytes(1), leb(NAMES.length), NAMES));
        assertThat(FunctionNames.find(wasm, Set.of(700, 0, 9))).isEqualTo(Map.of(0, "main", 700, "crypto/ed25519.step"));
    }

    @Test
    void aNameIsPrintable() {
        Bytes wasm = withNames(concat(bytes(1), leb(NAMES.length), NAMES));
        assertThat(FunctionNames.find(wasm, Set.of(5)).get(5)).startsWith("bell").matches("\\p{Print}+");
    }

    @Test
    void whatCannotBeReadHasNoNames() {
        assertThat(FunctionNames.find(withNames(concat(bytes(1), leb(9_000), NAMES)), Set.of(0))).isEmpty();
        assertThat(FunctionNames.find(WasmBytes.command(), Set.of(0))).isEmpty();
    }

    private static Bytes withNames(byte[] subsection) {
        return Bytes.of(concat(WasmBytes.command().array(), section(0, name("name"), subsection)));
    }
}
