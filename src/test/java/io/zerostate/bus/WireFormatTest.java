package io.zerostate.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.zerostate.agent.Agent;
import io.zerostate.task.Attempt;
import io.zerostate.task.Bytes;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.RefusedException;
import io.zerostate.task.RunReport;
import io.zerostate.task.Settlement;
import io.zerostate.task.Task;
import io.zerostate.task.TaskResult;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What the wire form keeps, whatever the value; and what it does with bytes that nobody wrote. */
class WireFormatTest {
    private static final Encoding<Bytes> BYTES = new Encoding<>(WireWriter::bytes, WireReader::bytes);
    private static final Encoding<Boolean> FLAG = new Encoding<>(WireWriter::flag, WireReader::flag);
    private static final Encoding<Double> DECIMAL = new Encoding<>(WireWriter::decimal, WireReader::decimal);
    private static final Encoding<Duration> DURATION = new Encoding<>(WireWriter::duration, WireReader::duration);
    private static final Encoding<Map<String, Long>> MAP = new Encoding<>(
            (out, map) -> out.map(Encoding.TEXT, Encoding.NUMBER, map), in -> in.map(Encoding.TEXT, Encoding.NUMBER));

    @Property
    void wholeNumbersSurvive(@ForAll long number, @ForAll int integer) {
        assertSurvives(Encoding.NUMBER, number);
        assertSurvives(Encoding.INTEGER, integer);
    }

    @Property
    void decimalsAndFlagsSurvive(@ForAll double decimal, @ForAll boolean flag) {
        assertSurvives(DECIMAL, decimal);
        assertSurvives(FLAG, flag);
    }

    @Example
    void extremeNumbersSurvive() {
        List.of(0L, -1L, 63L, 64L, -64L, -65L, Long.MAX_VALUE, Long.MIN_VALUE)
                .forEach(number -> assertSurvives(Encoding.NUMBER, number));
        List.of(Double.NaN, -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY)
                .forEach(decimal -> assertSurvives(DECIMAL, decimal));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void plainValuesSurvive(
            @ForAll UUID id, @ForAll Instant time, @ForAll Duration duration, @ForAll Bytes bytes) {
        assertSurvives(Encoding.UUID, id);
        assertSurvives(Encoding.INSTANT, time);
        assertSurvives(DURATION, duration);
        assertSurvives(BYTES, bytes);
    }

    @Example
    void extremeTimesSurvive() {
        List.of(Instant.EPOCH, Instant.MIN, Instant.MAX, Instant.parse("1969-12-31T23:59:59.999999999Z"))
                .forEach(time -> assertSurvives(Encoding.INSTANT, time));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void outcomesSurvive(@ForAll Outcome outcome, @ForAll RunReport report, @ForAll Settlement settlement) {
        assertSurvives(RunEncodings.OUTCOME, outcome);
        assertSurvives(RunEncodings.REPORT, report);
        assertSurvives(RunEncodings.SETTLEMENT, settlement);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void tasksSurvive(@ForAll Task task) {
        assertSurvives(TaskEncodings.TASK, task);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void attemptsAndResultsSurvive(@ForAll Attempt attempt, @ForAll TaskResult result) {
        assertSurvives(RunEncodings.ATTEMPT, attempt);
        assertSurvives(RunEncodings.RESULT, result);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void agentsSurvive(@ForAll Agent agent) {
        assertSurvives(AgentEncodings.AGENT, agent);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenBehindAnotherIsReadBehindIt(@ForAll TaskSpec first, @ForAll Outcome second) {
        Buffer buffer = Buffer.buffer();
        new WireWriter(buffer).value(TaskEncodings.SPEC, first).value(RunEncodings.OUTCOME, second);
        WireReader in = new WireReader(buffer, 0);
        assertThat(in.value(TaskEncodings.SPEC)).isEqualTo(first);
        assertThat(in.value(RunEncodings.OUTCOME)).isEqualTo(second);
        assertThat(in.hasMore()).isFalse();
    }

    @Property
    void equalMapsGiveEqualBytes(@ForAll @Size(max = 20) Map<String, Long> map) {
        Map<String, Long> reversed = new LinkedHashMap<>();
        List.copyOf(map.keySet()).reversed().forEach(key -> reversed.put(key, map.get(key)));
        assertThat(write(MAP, reversed)).isEqualTo(write(MAP, new HashMap<>(map)));
    }

    /** Bytes that nobody wrote end in one of the exceptions that a codec reports; never in a crash or an endless allocation. */
    @Property
    void bytesThatNobodyWroteAreRefused(@ForAll byte[] bytes) {
        refusesOrReads(TaskEncodings.TASK, bytes);
        refusesOrReads(RunEncodings.OUTCOME, bytes);
        refusesOrReads(AgentEncodings.AGENT, bytes);
        refusesOrReads(MAP, bytes);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aDamagedByteIsRefusedOrReadAsAnotherValue(@ForAll Task task, @ForAll int position, @ForAll byte damage) {
        byte[] bytes = write(TaskEncodings.TASK, task);
        bytes[Math.floorMod(position, bytes.length)] = damage;
        refusesOrReads(TaskEncodings.TASK, bytes);
    }

    @Example
    void aLengthBeyondWhatIsLeftIsRefusedBeforeAnythingIsAllocated() {
        byte[] twoGigabytes = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        assertRefused(Encoding.TEXT, twoGigabytes, "a length of 2147483647, but 0 bytes are left");
        assertRefused(BYTES, twoGigabytes, "a length of");
        assertRefused(Encoding.listOf(Encoding.TEXT), twoGigabytes, "a length of");
        assertRefused(TaskEncodings.LABELS, new byte[] {0x7f, -1, -1, -1}, "a record of 2147483647 bytes");
        assertRefused(TaskEncodings.LABELS, new byte[] {-1, -1, -1, -1}, "a record of -1 bytes");
    }

    @Example
    void whatNoBuildWritesIsRefused() {
        assertRefused(FLAG, new byte[] {2}, "not a flag");
        assertRefused(Encoding.TEXT, new byte[] {1, (byte) 0xc3}, "not UTF-8");
        assertRefused(Encoding.INTEGER, write(Encoding.NUMBER, 1L << 31), "not an int");
        assertRefused(TaskEncodings.STATE, write(Encoding.INTEGER, 99), "99 is no TaskState");
        assertRefused(Encoding.INSTANT, new byte[] {0, (byte) 0x80, (byte) 0x94, (byte) 0xeb, (byte) 0xdc, 3}, "part of a second");
        assertRefused(Encoding.NUMBER, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, "more than ten bytes");
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aRecordSkipsWhatANewerBuildAppendsToIt(@ForAll Task task) {
        Encoding<Limits> newerLimits = Encoding.framed(
                (out, limits) -> out.number(limits.timeoutMs())
                        .number(limits.memoryBytes())
                        .number(limits.stdoutBytes())
                        .number(limits.stderrBytes())
                        .number(limits.inputBytes())
                        .number(limits.hostCalls())
                        .number(limits.fileBytes())
                        .text("instructions")
                        .number(1_000_000),
                in -> {
                    throw new UnsupportedOperationException();
                });
        Buffer buffer = Buffer.buffer();
        new WireWriter(buffer).value(newerLimits, task.spec().limits()).value(TaskEncodings.TASK, task);
        WireReader in = new WireReader(buffer, 0);
        assertThat(in.value(TaskEncodings.LIMITS)).isEqualTo(task.spec().limits());
        assertThat(in.value(TaskEncodings.TASK)).isEqualTo(task);
    }

    @Example
    void aFieldThatAnOlderBuildDoesNotWriteTakesItsDefault() {
        record Node(String name, int slots) {}
        Encoding<Node> older = Encoding.framed((out, node) -> out.text(node.name()), in -> new Node(in.text(), 0));
        Encoding<Node> newer = Encoding.framed(
                (out, node) -> out.text(node.name()).number(node.slots()),
                in -> new Node(in.text(), in.hasMore() ? in.integer() : 1));
        byte[] bytes = write(Encoding.listOf(older), List.of(new Node("a", 4), new Node("b", 4)));
        assertThat(read(Encoding.listOf(newer), bytes)).containsExactly(new Node("a", 1), new Node("b", 1));
    }

    @Example
    void anEventOfANewerBuildIsLeftOutAndTheOthersArrive() {
        TaskEvents known = MessageExamples.ALL.stream()
                .filter(TaskEvents.class::isInstance)
                .map(TaskEvents.class::cast)
                .findFirst()
                .orElseThrow();
        Encoding<TaskEvents> plain = NewsCodecs.TASK_EVENTS.body();
        byte[] bytes = write(plain, new TaskEvents(List.of(known.events().getFirst(), known.events().getFirst())));
        // The kind is the first field of an event: behind the lengths of message and list entry, and the count of the list.
        int kindOfFirst = 2 * Integer.BYTES + 1;
        assertThat(bytes[kindOfFirst]).isEqualTo((byte) 2);
        bytes[kindOfFirst] = 0x7e;
        assertThat(read(plain, bytes).events()).containsExactly(known.events().getFirst());
    }

    @Example
    void aRetryReasonOfANewerBuildIsLeftOut() {
        record Policy(int retries) {}
        Encoding<Policy> newer = Encoding.framed(
                (out, policy) -> out.number(policy.retries())
                        .number(2_000)
                        .decimal(2)
                        .list(Encoding.INTEGER, List.of(1, 77, 8)),
                in -> new Policy(in.integer()));
        assertThat(read(TaskEncodings.RETRY_POLICY, write(newer, new Policy(3))).retryOn())
                .extracting(Enum::name)
                .containsExactlyInAnyOrder("EXIT", "LOST");
    }

    private static <T> void assertSurvives(Encoding<T> encoding, T value) {
        assertThat(read(encoding, write(encoding, value))).isEqualTo(value);
    }

    private static void assertRefused(Encoding<?> encoding, byte[] bytes, String reason) {
        assertThatThrownBy(() -> read(encoding, bytes))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining(reason);
    }

    private static void refusesOrReads(Encoding<?> encoding, byte[] bytes) {
        try {
            read(encoding, bytes);
        } catch (WireFormatException | IllegalArgumentException | DateTimeException | ArithmeticException refused) {
            assertThat(refused).hasMessageNotContaining("Index");
        } catch (RefusedException refused) {
            assertThat(refused.detail()).isNotEmpty();
        }
    }

    private static <T> byte[] write(Encoding<T> encoding, T value) {
        Buffer buffer = Buffer.buffer();
        encoding.write(new WireWriter(buffer), value);
        return buffer.getBytes();
    }

    private static <T> T read(Encoding<T> encoding, byte[] bytes) {
        return encoding.read(new WireReader(Buffer.buffer(bytes), 0));
    }
}
