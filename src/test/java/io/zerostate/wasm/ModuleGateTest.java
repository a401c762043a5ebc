package io.zerostate.wasm;

import static io.zerostate.wasm.WasmBytes.END;
import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.leb;
import static io.zerostate.wasm.WasmBytes.module;
import static io.zerostate.wasm.WasmBytes.name;
import static io.zerostate.wasm.WasmBytes.section;
import static io.zerostate.wasm.WasmBytes.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.zerostate.task.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class ModuleGateTest {
    private static final byte[] HUGE = leb(0x7fff_ffffL);
    private static final byte[] TYPES = section(1, vector(bytes(0x60, 0, 0)));
    private static final byte[] FUNCTIONS = section(3, vector(leb(0)));
    private static final byte[] MEMORY = section(5, vector(bytes(0, 1)));
    private static final byte[] EXPORTS =
            section(7, vector(concat(name("memory"), bytes(2, 0)), concat(name("_start"), bytes(0, 0))));
    private static final byte[] CODE = section(10, vector(concat(leb(2), bytes(0, END))));

    @Test
    void aCommandPassesAndIsDescribed() throws ModuleRefusedException {
        ModuleProfile profile = ModuleGate.check(new WasmBytes()
                .importing("fd_write", "proc_exit")
                .memory(2, 10)
                .function()
                .function()
                .data(0, "hello")
                .build());
        assertThat(profile.imports()).containsExactly("fd_write", "proc_exit");
        assertThat(profile.memory().minimum()).isEqualTo(2 * 65_536);
        assertThat(profile.memory().maximum()).isEqualTo(10 * 65_536);
        assertThat(profile.functions()).isEqualTo(2);
    }

    @Test
    void aMemoryWithoutAMaximumIsSaidToHaveNone() throws ModuleRefusedException {
        assertThat(ModuleGate.check(WasmBytes.command()).memory().maximum()).isEqualTo(-1);
    }

    @Test
    void everyFunctionOfPreview1CanBeImported() {
        for (String name : Preview1.signatures().keySet()) {
            assertThatCode(() -> ModuleGate.check(new WasmBytes().importing(name).function().build()))
                    .as(name)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aFunctionCanBeImportedTwiceAsGoDoes() {
        assertThatCode(() -> ModuleGate.check(
                        new WasmBytes().importing("fd_write", "fd_write").function().build()))
                .doesNotThrowAnyException();
    }

    @Test
    void customSectionsMayStandAnywhereAndHoldAnything() {
        byte[] custom = section(0, bytes(0xff, 0xff, 0xff));
        assertThatCode(() -> ModuleGate.check(module(custom, TYPES, custom, FUNCTIONS, MEMORY, EXPORTS, CODE, custom)))
                .doesNotThrowAnyException();
    }

    @Test
    void aModuleThatEndsAnywhereIsRefused() {
        byte[] whole = new WasmBytes()
                .importing("fd_write", "proc_exit")
                .table(1)
                .global()
                .function(WasmBytes.forever())
                .data(0, "hello")
                .build()
                .array();
        // Cut behind its code, it is a module still: one without data.
        int code = whole.length - section(11, vector(concat(bytes(0), WasmBytes.i32(0), bytes(END), name("hello")))).length;
        for (int length = 0; length < whole.length; length++) {
            if (length != code) {
                Bytes cut = Bytes.of(Arrays.copyOf(whole, length));
                assertThrows(ModuleRefusedException.class, () -> ModuleGate.check(cut), "the first " + length + " bytes");
            }
        }
    }

    @Test
    void namesOfTheModuleReachMessagesWithoutWhatCouldDisturbATerminal() {
        Bytes wasm = module(TYPES, section(2, vector(concat(name("env"), name("\u001b[2J\n" + "x".repeat(500)), bytes(0, 0)))));
        ModuleRefusedException refused = assertThrows(ModuleRefusedException.class, () -> ModuleGate.check(wasm));
        assertThat(refused.reason()).contains("env.?[2J?xxx").hasSizeLessThan(200).matches("[\\x20-\\x7e]*");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("nothing", Bytes.EMPTY, "magic number", 0),
                arguments("a text", Bytes.ofUtf8("hello, world"), "magic number", 0),
                arguments("only the magic number", Bytes.of(bytes(0, 'a', 's', 'm')), "version", 4),
                arguments("version 2", Bytes.of(bytes(0, 'a', 's', 'm', 2, 0, 0, 0)), "version", 4),
                arguments("a component", Bytes.of(bytes(0, 'a', 's', 'm', 13, 0, 1, 0)), "component", 4),
                arguments("an empty module", module(), "_start", -1),
                arguments("no _start", module(TYPES, FUNCTIONS, MEMORY, CODE), "_start", -1),
                arguments(
                        "a memory called _start",
                        module(TYPES, FUNCTIONS, MEMORY, section(7, vector(concat(name("_start"), bytes(2, 0))))),
                        "_start is not a function",
                        26),
                arguments(
                        "_start of a function that is not there",
                        module(TYPES, FUNCTIONS, MEMORY, section(7, vector(concat(name("_start"), bytes(0, 1))))),
                        "_start is not a function",
                        26),
                arguments(
                        "_start with a parameter",
                        module(
                                section(1, vector(bytes(0x60, 1, 0x7f, 0))),
                                FUNCTIONS,
                                MEMORY,
                                EXPORTS,
                                CODE),
                        "without parameters and results",
                        36),
                arguments(
                        "no memory exported",
                        module(TYPES, FUNCTIONS, MEMORY, section(7, vector(concat(name("_start"), bytes(0, 0)))), CODE),
                        "no memory",
                        25),
                arguments("an exported memory that is not there", module(TYPES, FUNCTIONS, EXPORTS), "not its memory", 21),
                arguments("two memories", module(section(5, vector(bytes(0, 1), bytes(0, 1)))), "2 memories", 10),
                arguments("a memory of 4 GiB", module(section(5, vector(concat(bytes(0), leb(65_536))))), "bytes of memory", 12),
                arguments("a maximum below the minimum", module(section(5, vector(bytes(1, 2, 1)))), "below its minimum", 13),
                arguments("a shared memory", module(section(5, vector(bytes(3, 1, 2)))), "shared", 11),
                arguments("a 64-bit memory", module(section(5, vector(bytes(4, 1)))), "64-bit", 11),
                arguments("two tables", module(section(4, vector(bytes(0x70, 0, 1), bytes(0x70, 0, 1)))), "number of tables", 10),
                arguments(
                        "a table of 10 million",
                        module(section(4, vector(concat(bytes(0x70, 0), leb(10_000_000))))),
                        "minimum size",
                        13),
                arguments("a start section", module(TYPES, FUNCTIONS, section(8, leb(0))), "start section", 18),
                arguments("a tag section", module(section(13, leb(0))), "exceptions", 8),
                arguments("an unknown section", module(section(14)), "unknown section 14", 8),
                arguments("sections out of order", module(MEMORY, TYPES), "out of order", 13),
                arguments("a section twice", module(TYPES, TYPES), "out of order or there twice", 14),
                arguments("a section with a rest", module(section(1, leb(0), bytes(1))), "longer than its content", 11),
                arguments("a type of an array", module(section(1, vector(bytes(0x5e, 0x7f, 0)))), "garbage-collected", 11),
                arguments("more functions than bodies", module(TYPES, section(3, vector(leb(0), leb(0))), CODE), "2 functions", 21),
                arguments("functions without code", module(TYPES, FUNCTIONS, MEMORY, EXPORTS), "no code", 16),
                arguments("a function of an unknown type", module(TYPES, section(3, vector(leb(1)))), "type index", 17));
    }

    static Stream<Arguments> refusedImports() {
        byte[] start = concat(name(Preview1.MODULE), name("fd_write"));
        return Stream.of(
                arguments("another module", concat(name("env"), name("abort"), bytes(0, 0)), "env.abort"),
                arguments("an old snapshot", concat(name("wasi_unstable"), name("fd_write"), bytes(0, 0)), "wasi_unstable"),
                arguments(
                        "an unknown function",
                        concat(name(Preview1.MODULE), name("sock_teleport"), bytes(0, 0)),
                        "sock_teleport"),
                arguments("a memory", concat(name("env"), name("memory"), bytes(2, 0, 1)), "env.memory"),
                arguments("a wrong signature", concat(start, bytes(0, 0)), "wrong signature"),
                arguments("a type that is not there", concat(start, bytes(0, 1)), "type index"));
    }

    /** What made the parser behind the gate run out of memory or time; each file is small. */
    static Stream<Arguments> attacks() {
        byte[][] groups = new byte[2_000][];
        Arrays.fill(groups, concat(leb(50_000), bytes(0x7f)));
        byte[] nested = new byte[2 * 64_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x02;
            nested[i + 1] = 0x40;
        }
        byte[] deep = Arrays.copyOf(nested, 2 * 9_000);
        byte[][] targets = new byte[64_000][];
        Arrays.fill(targets, leb(8_999));
        return Stream.of(
                arguments("a section", module(concat(bytes(1), HUGE)), "ends within"),
                arguments("the number of types", module(section(1, HUGE)), "number of types"),
                arguments("parameters", module(section(1, leb(1), bytes(0x60), HUGE)), "number of parameters"),
                arguments("results", module(section(1, leb(1), bytes(0x60, 0), HUGE)), "number of results"),
                arguments("imports", module(section(2, HUGE)), "number of imports"),
                arguments("a name", module(section(2, leb(1), HUGE, bytes('x'))), "length of an import's module"),
                arguments("functions", module(section(3, HUGE)), "number of functions"),
                arguments("globals", module(section(6, HUGE)), "number of globals"),
                arguments("exports", module(section(7, HUGE)), "number of exports"),
                arguments("an element segment", module(section(9, leb(1), bytes(1, 0), HUGE)), "size of an element segment"),
                arguments("a data segment", module(section(11, leb(1), bytes(1), HUGE)), "length of a data segment"),
                arguments("a body", function(HUGE), "size of a function body"),
                arguments("one group of locals", body(leb(1), HUGE, bytes(0x7f, END)), "2147483647 locals"),
                arguments("many groups of locals", body(vector(groups), bytes(END)), "100000000 locals"),
                arguments("a branch table", body(leb(0), bytes(0x0e), HUGE), "branch table"),
                arguments("deep nesting", body(leb(0), nested), "nested"),
                arguments("wide branches", body(leb(0), deep, bytes(0x0e), vector(targets), leb(0)), "reach too far"));
    }

    static Stream<Arguments> refusedInstructions() {
        return Stream.of(
                arguments("return_call", bytes(0x12, 0), "tail calls"),
                arguments("return_call_indirect", bytes(0x13, 0, 0), "tail calls"),
                arguments("call_ref", bytes(0x14, 0), "typed function references"),
                arguments("try", bytes(0x06, 0x40), "exceptions"),
                arguments("throw", bytes(0x08, 0), "exceptions"),
                arguments("try_table", bytes(0x1f, 0x40, 0), "exceptions"),
                arguments("struct.new", bytes(0xfb, 0, 0), "garbage-collected"),
                arguments("v128.const", bytes(0xfd, 12), "SIMD"),
                arguments("atomic.fence", bytes(0xfe, 3, 0), "threads"),
                arguments("a load of another memory", bytes(0x28, 0x42, 1, 0), "more than one memory"),
                arguments("memory.grow of another memory", bytes(0x40, 1), "more than one memory"),
                arguments("an opcode nobody has", bytes(0xc5), "unknown opcode 0xc5"),
                arguments("an extended opcode nobody has", bytes(0xfc, 18), "unknown opcode 0xfc 18"),
                arguments("a constant of 6 bytes", bytes(0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0), "does not fit into 32 bits"),
                arguments("an index of 5 bytes and more", bytes(0x10, 0x80, 0x80, 0x80, 0x80, 0x10), "does not fit into 32 bits"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesWithReasonAndPlace(String what, Bytes wasm, String reason, long offset) {
        ModuleRefusedException refused = refused(wasm);
        assertThat(refused.reason()).contains(reason);
        assertThat(refused.byteOffset()).isEqualTo(offset);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedImports")
    void refusesToImport(String what, byte[] entry, String reason) {
        ModuleRefusedException refused = refused(module(TYPES, section(2, vector(entry))));
        assertThat(refused.reason()).contains(reason);
        assertThat(refused.byteOffset()).isBetween(17L, 17L + entry.length);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void allocatesNothingAndDoesNotLingerForALengthThatIsOnlyDeclared(String what, Bytes wasm, String reason) {
        assertThat(refused(wasm).reason()).contains(reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedInstructions")
    void refusesWhatTheEngineDoesNotRunOrCannotStop(String what, byte[] instruction, String reason) {
        ModuleRefusedException refused = refused(body(leb(0), instruction, bytes(END)));
        assertThat(refused.reason()).contains(reason);
        assertThat(refused.byteOffset()).isGreaterThanOrEqualTo(TYPES.length + FUNCTIONS.length + 8L);
    }

    @Test
    void bytesBehindTheEndOfAFunctionAreRefused() {
        assertThat(refused(body(leb(0), bytes(END, END))).reason()).contains("follow the end");
    }

    @Test
    void aNameThatIsNotUtf8IsRefused() {
        byte[] name = "_start".getBytes(StandardCharsets.ISO_8859_1);
        name[0] = (byte) 0xff;
        byte[] exports = section(7, vector(List.of(concat(leb(name.length), name, bytes(0, 0)))));
        ModuleRefusedException refused = refused(module(TYPES, FUNCTIONS, MEMORY, exports, CODE));
        assertThat(refused.reason()).contains("not UTF-8");
        assertThat(refused.byteOffset()).isEqualTo(27);
    }

    @Test
    void aVerdictIsAValueWithCodePlaceAndLimit() {
        assertThat(ModuleGate.inspect(WasmBytes.command())).isInstanceOf(Verdict.Passed.class);
        assertThat(ModuleGate.inspect(Bytes.ofUtf8("hello, world")))
                .isEqualTo(new Verdict.Refused(new Refusal(
                        Refusal.Code.NOT_WASM, "not a WebAssembly module: the magic number \\0asm is missing", 0, -1)));
        Bytes wide = module(section(4, vector(concat(bytes(0x70, 0), leb(10_000_000)))));
        assertThat(refused(wide).refusal())
                .isEqualTo(new Refusal(
                        Refusal.Code.LIMIT,
                        "a table's minimum size is 10000000, at most 100000 is allowed",
                        13,
                        100_000));
    }

    static Stream<Arguments> codes() {
        byte[] tail = bytes(0x12, 0, END);
        return Stream.of(
                arguments(Refusal.Code.VERSION, Bytes.of(bytes(0, 'a', 's', 'm', 2, 0, 0, 0))),
                arguments(Refusal.Code.COMPONENT, Bytes.of(bytes(0, 'a', 's', 'm', 13, 0, 1, 0))),
                arguments(Refusal.Code.TRUNCATED, Bytes.of(bytes(0, 'a', 's', 'm'))),
                arguments(Refusal.Code.MALFORMED, module(MEMORY, TYPES)),
                arguments(Refusal.Code.LIMIT, module(section(1, leb(1_000_000)))),
                arguments(Refusal.Code.UNSUPPORTED, body(leb(0), tail)),
                arguments(Refusal.Code.IMPORT, module(TYPES, section(2, vector(concat(name("env"), name("f"), bytes(0, 0)))))),
                arguments(Refusal.Code.NO_START, module(TYPES, FUNCTIONS, MEMORY, CODE)),
                arguments(Refusal.Code.NO_MEMORY, module(TYPES, FUNCTIONS, EXPORTS)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codes")
    void eachKindOfRefusalHasItsCode(Refusal.Code code, Bytes wasm) {
        assertThat(refused(wasm).refusal().code()).isEqualTo(code);
    }

    @Test
    void aProfileSaysWhatAModuleUsesAndWhatItWasMadeWith() throws ModuleRefusedException {
        byte[] extend = concat(WasmBytes.i32(1), bytes(0xc0, 0x1a));
        byte[] fill = concat(WasmBytes.i32(0), WasmBytes.i32(0), WasmBytes.i32(0), bytes(0xfc, 11, 0));
        Bytes plain = new WasmBytes().table(7).function(extend, fill).build();
        byte[] producers = concat(
                name("producers"),
                vector(
                        concat(name("language"), vector(concat(name("Rust"), name("")))),
                        concat(name("processed-by"), vector(concat(name("clang\u001b"), name("14.0.6"))))));
        byte[] names = concat(name("name"), bytes(0, 3), name("wc"));
        Bytes wasm = Bytes.of(concat(plain.array(), section(0, producers), section(0, names)));
        ModuleProfile profile = ModuleGate.check(wasm);
        assertThat(profile.exports()).containsExactly("memory", "_start");
        assertThat(profile.tableMinimum()).isEqualTo(7);
        assertThat(profile.features())
                .containsExactlyInAnyOrder(
                        ModuleProfile.Feature.SIGN_EXTENSION, ModuleProfile.Feature.BULK_MEMORY);
        assertThat(profile.hints()).containsExactly("language Rust", "processed-by clang? 14.0.6", "name wc");
    }

    static Stream<Arguments> smuggled() {
        return Stream.of(
                arguments("a block type of two bytes", bytes(0x02, 0x63, 0x70, END)),
                arguments("a negative block type of two bytes", bytes(0x02, 0x80, 0x7f, END)),
                arguments("a block of a type that is not there", bytes(0x02, 1, END)),
                arguments("a null of a type of two bytes", bytes(0xd0, 0x80, 0, 0x1a)),
                arguments("a SIMD block", bytes(0x02, 0x7b, 0, END)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smuggled")
    void nothingIsReadShorterThanTheParserReadsItLestWhatFollowsBeAnInstructionToOne(String what, byte[] code) {
        assertThat(ModuleGate.inspect(body(leb(0), code, bytes(END)))).isInstanceOf(Verdict.Refused.class);
    }

    private static Bytes function(byte[]... content) {
        return module(TYPES, FUNCTIONS, section(10, leb(1), concat(content)));
    }

    private static Bytes body(byte[]... content) {
        byte[] all = concat(content);
        return function(leb(all.length), all);
    }

    private static ModuleRefusedException refused(Bytes wasm) {
        return assertThrows(ModuleRefusedException.class, () -> ModuleGate.check(wasm));
    }
}
