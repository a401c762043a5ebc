package io.zerostate.wasm.chicory;

import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.call;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.i32;
import static io.zerostate.wasm.WasmBytes.i64;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.task.Bytes;
import io.zerostate.task.Input;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.Preview1;
import io.zerostate.wasm.WasmBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls functions of preview 1 from small programs: a program's exit code is the errno, its stdout a piece of its memory. */
@Timeout(30)
class HostCallsTest {
    private static final int PAGE = 65_536;
    private static final int OUTSIDE = 0x7fff_ffff;

    private final Engine engine = new Engine();

    @AfterEach
    void close() {
        engine.close();
    }

    /** Where the vectors, pointers and buffers of the tests lie. */
    private static final int VECTORS = 1024;

    private static final int RESULT = 2048;
    private static final int BUFFER = 4096;

    /** Arguments of every function, sound ones, for programs that have neither files nor sockets. */
    static Stream<Arguments> onDescriptors() {
        return Stream.of(
                Arguments.of("fd_seek", 1, Errno.SPIPE, List.of(1, 0L, 0, RESULT)),
                Arguments.of("fd_tell", 1, Errno.SPIPE, List.of(1, RESULT)),
                Arguments.of("fd_pread", 1, Errno.SPIPE, List.of(0, VECTORS, 0, 0L, RESULT)),
                Arguments.of("fd_pwrite", 1, Errno.SPIPE, List.of(1, VECTORS, 0, 0L, RESULT)),
                Arguments.of("fd_advise", 1, Errno.SPIPE, List.of(0, 0L, 0L, 0)),
                Arguments.of("fd_allocate", 1, Errno.SPIPE, List.of(1, 0L, 1L)),
                Arguments.of("fd_sync", 1, Errno.INVAL, List.of(1)),
                Arguments.of("fd_datasync", 1, Errno.INVAL, List.of(1)),
                Arguments.of("fd_filestat_set_size", 1, Errno.INVAL, List.of(1, 0L)),
                Arguments.of("fd_fdstat_set_flags", 1, Errno.SUCCESS, List.of(0, 4)),
                Arguments.of("fd_readdir", 1, Errno.NOTDIR, List.of(0, BUFFER, 16, 0L, RESULT)),
                Arguments.of("path_open", 1, Errno.NOTDIR, List.of(0, 0, BUFFER, 1, 0, -1L, -1L, 0, RESULT)),
                Arguments.of("path_filestat_get", 1, Errno.NOTDIR, List.of(0, 0, BUFFER, 1, RESULT)),
                Arguments.of("path_unlink_file", 1, Errno.NOTDIR, List.of(2, BUFFER, 1)),
                Arguments.of("path_symlink", 3, Errno.NOTDIR, List.of(BUFFER, 1, 0, BUFFER, 1)),
                Arguments.of("sock_accept", 1, Errno.NOTSOCK, List.of(0, 0, RESULT)),
                Arguments.of("sock_shutdown", 1, Errno.NOTSOCK, List.of(1, 0)),
                Arguments.of("fd_close", 1, Errno.SUCCESS, List.of(0)),
                Arguments.of("fd_fdstat_get", 1, Errno.SUCCESS, List.of(0, RESULT)),
                Arguments.of("fd_filestat_get", 1, Errno.SUCCESS, List.of(0, RESULT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onDescriptors")
    void aStreamCanDoWhatAPipeCanAndOtherDescriptorsAreBad(
            String function, int place, int errno, List<Number> arguments) throws Exception {
        assertThat(errno(function, arguments)).isEqualTo(errno);
        for (int bad : new int[] {3, 99, -1, Integer.MIN_VALUE}) {
            var changed = new ArrayList<>(arguments);
            changed.set(place - 1, bad);
            assertThat(errno(function, changed)).as("descriptor %s", bad).isEqualTo(Errno.BADF);
        }
    }

    @Test
    void thereAreNoDirectoriesToFind() throws Exception {
        for (int fd : new int[] {0, 3, 4}) {
            assertThat(errno("fd_prestat_get", List.of(fd, RESULT))).isEqualTo(Errno.BADF);
        }
    }

    static Stream<Arguments> badPointers() {
        return Stream.of(
                Arguments.of("args_get", List.of(OUTSIDE, BUFFER)),
                Arguments.of("args_get", List.of(RESULT, OUTSIDE)),
                Arguments.of("args_sizes_get", List.of(RESULT, PAGE - 3)),
                Arguments.of("environ_sizes_get", List.of(-1, RESULT)),
                Arguments.of("clock_time_get", List.of(0, 0L, PAGE - 7)),
                Arguments.of("clock_res_get", List.of(0, OUTSIDE)),
                Arguments.of("random_get", List.of(0, OUTSIDE)),
                Arguments.of("random_get", List.of(PAGE, 1)),
                Arguments.of("random_get", List.of(0, -1)),
                Arguments.of("fd_fdstat_get", List.of(0, PAGE - 23)),
                Arguments.of("fd_filestat_get", List.of(0, PAGE - 63)),
                Arguments.of("fd_write", List.of(1, PAGE - 7, 1, RESULT)),
                Arguments.of("fd_write", List.of(1, VECTORS, 0, OUTSIDE)),
                Arguments.of("fd_read", List.of(0, OUTSIDE, 1, RESULT)),
                Arguments.of("poll_oneoff", List.of(PAGE - 47, BUFFER, 1, RESULT)),
                Arguments.of("poll_oneoff", List.of(0, PAGE - 31, 1, RESULT)),
                Arguments.of("poll_oneoff", List.of(0, BUFFER, 1, OUTSIDE)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badPointers")
    void aPointerOutOfMemoryIsAFaultAndNoTrap(String function, List<Number> arguments) throws Exception {
        assertThat(errno(function, arguments)).isEqualTo(Errno.FAULT);
    }

    static Stream<Arguments> badVectors() {
        return Stream.of(
                Arguments.of("longer than memory", BUFFER, OUTSIDE),
                Arguments.of("as long as can be said", BUFFER, -1),
                Arguments.of("over the end", PAGE - 4, 5),
                Arguments.of("outside", OUTSIDE, 1),
                Arguments.of("where address and length wrap around", -4, 8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badVectors")
    void aVectorThatLeavesMemoryIsAFaultOnBothWaysAndNothingIsWritten(String what, int address, int length)
            throws Exception {
        for (String function : List.of("fd_write", "fd_read")) {
            int fd = function.equals("fd_write") ? 1 : 0;
            RunReport report = run(function, List.of(fd, VECTORS, 2, RESULT), vector(0, BUFFER, 4), vector(1, address, length));
            assertThat(report.outcome()).as(function).isEqualTo(new Outcome.Completed(Errno.FAULT));
            assertThat(report.stdout().bytes()).isEqualTo(Bytes.EMPTY);
        }
    }

    @Test
    void tooManyVectorsAndSubscriptionsAreInvalid() throws Exception {
        for (int count : new int[] {1025, OUTSIDE, -1}) {
            assertThat(errno("fd_write", List.of(1, VECTORS, count, RESULT))).isEqualTo(Errno.INVAL);
            assertThat(errno("fd_read", List.of(0, VECTORS, count, RESULT))).isEqualTo(Errno.INVAL);
            assertThat(errno("poll_oneoff", List.of(0, BUFFER, count, RESULT))).isEqualTo(Errno.INVAL);
        }
        assertThat(errno("poll_oneoff", List.of(0, BUFFER, 0, RESULT))).isEqualTo(Errno.INVAL);
    }

    @Test
    void stdinIsReadInPartsAndEndsWithNothing() throws Exception {
        // Reads 3 bytes to BUFFER, then up to 100 behind them, then once more, and shows what lies there and the last count.
        byte[] read3 = concat(vector(0, BUFFER, 3), invoke(1, List.of(0, VECTORS, 1, RESULT)), DROP);
        byte[] readAll = concat(vector(0, BUFFER + 3, 100), invoke(1, List.of(0, VECTORS, 1, RESULT)), DROP);
        byte[] readNone = concat(invoke(1, List.of(0, VECTORS, 1, RESULT)), DROP);
        Bytes wasm = new WasmBytes()
                .importing("fd_write", "fd_read")
                .function(read3, readAll, show(BUFFER, 8), show(RESULT, 4), readNone, show(RESULT, 4))
                .build();
        byte[] shown = stdout(wasm, Engine.input("abcdefgh"));
        assertThat(new String(shown, 0, 8)).isEqualTo("abcdefgh");
        assertThat(numbers(shown).getInt(8)).isEqualTo(5);
        assertThat(numbers(shown).getInt(12)).isZero();
    }

    @Test
    void stdoutCannotBeReadNorStdinWritten() throws Exception {
        assertThat(errno("fd_read", List.of(1, VECTORS, 0, RESULT))).isEqualTo(Errno.BADF);
        assertThat(errno("fd_write", List.of(0, VECTORS, 0, RESULT))).isEqualTo(Errno.BADF);
    }

    @Test
    void aStreamThatWasClosedIsGone() throws Exception {
        byte[] close = concat(invoke(1, List.of(1)), DROP);
        Bytes wasm = exiting(new WasmBytes().importing("fd_write", "fd_close", "proc_exit"), 2,
                close, invoke(0, List.of(1, VECTORS, 0, RESULT)));
        assertThat(engine.run(wasm).outcome()).isEqualTo(new Outcome.Completed(Errno.BADF));
    }

    @Test
    void stderrThatIsRenumberedToStdoutGoesOnToStderr() throws Exception {
        Bytes wasm = new WasmBytes()
                .importing("fd_write", "fd_renumber")
                .data(BUFFER, "text")
                .function(invoke(1, List.of(2, 1)), DROP, show(BUFFER, 4))
                .build();
        RunReport report = engine.run(wasm);
        assertThat(report.stdout().bytes()).isEqualTo(Bytes.EMPTY);
        assertThat(report.stderr().bytes()).isEqualTo(Bytes.ofUtf8("text"));
    }

    @Test
    void clocksTellTheTimeOfDayAndTheTimeSinceTheStart() throws Exception {
        Instant epoch = Instant.EPOCH;
        assertThat(memoryAfter("clock_time_get", List.of(0, 0L, BUFFER), 8).getLong(0))
                .isEqualTo(Duration.between(epoch, Engine.NOW).toNanos());
        for (int clock : new int[] {1, 2, 3}) {
            assertThat(memoryAfter("clock_time_get", List.of(clock, 0L, BUFFER), 8).getLong(0))
                    .isBetween(0L, Duration.ofSeconds(20).toNanos());
        }
        assertThat(errno("clock_time_get", List.of(4, 0L, BUFFER))).isEqualTo(Errno.INVAL);
    }

    @Test
    void randomBytesDifferFromRunToRun() throws Exception {
        ByteBuffer first = memoryAfter("random_get", List.of(BUFFER, 5000), 5000);
        ByteBuffer second = memoryAfter("random_get", List.of(BUFFER, 5000), 5000);
        assertThat(first).isNotEqualTo(second);
        assertThat(first.getLong(4992)).as("the last bytes of 5000 were written").isNotZero();
    }

    @Test
    void pollGivesReadyStreamsWithoutWaitingForAnHour() throws Exception {
        byte[] ask = concat(
                subscription(0, 11, 0, 1, 3_600_000_000_000L),
                subscription(1, 22, 1, 0, 0),
                subscription(2, 33, 2, 2, 0),
                subscription(3, 44, 2, 7, 0));
        Bytes wasm = new WasmBytes()
                .importing("fd_write", "poll_oneoff")
                .function(ask, invoke(1, List.of(0, BUFFER, 4, RESULT)), DROP, show(RESULT, 4), show(BUFFER, 96))
                .build();
        ByteBuffer shown = numbers(stdout(wasm, Engine.input("abc")));
        assertThat(shown.getInt(0)).as("events").isEqualTo(3);
        assertThat(shown.getLong(4)).isEqualTo(22);
        assertThat(shown.getLong(4 + 16)).as("bytes of stdin").isEqualTo(3);
        assertThat(shown.getLong(36)).isEqualTo(33);
        assertThat(shown.getShort(36 + 8)).isEqualTo((short) Errno.SUCCESS);
        assertThat(shown.getLong(68)).isEqualTo(44);
        assertThat(shown.getShort(68 + 8)).isEqualTo((short) Errno.BADF);
    }

    @Test
    void pollOnTimesThatHavePassedReturnsAtOnce() throws Exception {
        long past = Duration.between(Instant.EPOCH, Engine.NOW).toNanos() - 1;
        byte[] absolute = concat(subscription(0, 11, 0, 0, past), i32(40), i32(1), bytes(0x3b, 1, 0));
        Bytes wasm = new WasmBytes()
                .importing("fd_write", "poll_oneoff")
                .function(absolute, invoke(1, List.of(0, BUFFER, 1, RESULT)), DROP, show(RESULT, 4), show(BUFFER, 32))
                .build();
        ByteBuffer shown = numbers(stdout(wasm, Engine.input("")));
        assertThat(shown.getInt(0)).isEqualTo(1);
        assertThat(shown.getLong(4)).isEqualTo(11);
    }

    @Test
    void everyFunctionOfPreview1Answers() throws Exception {
        for (var entry : Preview1.signatures().entrySet()) {
            List<Number> zeros = entry.getValue().chars()
                    .takeWhile(letter -> letter != ':')
                    .mapToObj(letter -> letter == 'i' ? (Number) 0 : (Number) 0L)
                    .toList();
            boolean exits = entry.getKey().equals("proc_exit");
            WasmBytes wasm = new WasmBytes().importing(entry.getKey());
            Bytes command = exits
                    ? wasm.function(invoke(0, zeros)).build()
                    : wasm.function(invoke(0, zeros), DROP).build();
            assertThat(engine.run(command).outcome()).as(entry.getKey()).isEqualTo(new Outcome.Completed(0));
        }
    }

    // ---- small programs ----

    private static final byte[] DROP = bytes(0x1a);

    private int errno(String function, List<Number> arguments) throws Exception {
        return ((Outcome.Completed) run(function, arguments).outcome()).exitCode();
    }

    private RunReport run(String function, List<Number> arguments, byte[]... before) throws Exception {
        WasmBytes wasm = new WasmBytes().memory(1, 1).importing(function, "proc_exit");
        return engine.run(exiting(wasm, 1, concat(before), invoke(0, arguments)));
    }

    /** Runs code that leaves an i32, and exits with it. */
    private static Bytes exiting(WasmBytes wasm, int exit, byte[]... code) {
        return wasm.function(concat(code), call(exit)).build();
    }

    private ByteBuffer memoryAfter(String function, List<Number> arguments, int size) throws Exception {
        Bytes wasm = new WasmBytes()
                .importing("fd_write", function)
                .function(invoke(1, arguments), DROP, show(BUFFER, size))
                .build();
        return numbers(stdout(wasm, Engine.input("")));
    }

    private byte[] stdout(Bytes wasm, Input input) throws Exception {
        Limits limits = Engine.LIMITS;
        RunReport report = engine.run(engine.prepare(wasm), new Invocation("test", input, limits), OutputListener.NONE);
        assertThat(report.outcome()).isEqualTo(new Outcome.Completed(0));
        return report.stdout().bytes().array();
    }

    private static ByteBuffer numbers(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Integers are given as i32, longs as i64. */
    private static byte[] invoke(int function, List<Number> arguments) {
        byte[] code = new byte[0];
        for (Number argument : arguments) {
            code = concat(code, argument instanceof Long number ? i64(number) : i32(argument.intValue()));
        }
        return concat(code, call(function));
    }

    private static byte[] vector(int index, int address, int length) {
        int place = VECTORS + 8 * index;
        return concat(i32(place), i32(address), bytes(0x36, 2, 0), i32(place + 4), i32(length), bytes(0x36, 2, 0));
    }

    /** Writes a piece of memory to stdout, with fd_write as function 0. */
    private static byte[] show(int address, int length) {
        return concat(vector(100, address, length), invoke(0, List.of(1, VECTORS + 800, 1, RESULT + 1024)), DROP);
    }

    private static byte[] subscription(int index, long userData, int type, int id, long timeout) {
        int place = 48 * index;
        return concat(
                i32(place), i64(userData), bytes(0x37, 3, 0),
                i32(place + 8), i32(type), bytes(0x3a, 0, 0),
                i32(place + 16), i32(id), bytes(0x36, 2, 0),
                i32(place + 24), i64(timeout), bytes(0x37, 3, 0));
    }
}
