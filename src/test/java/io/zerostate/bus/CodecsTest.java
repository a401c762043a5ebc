package io.zerostate.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.zerostate.agent.ModuleReport;
import io.zerostate.task.Input;
import io.zerostate.task.LimitOverrides;
import io.zerostate.task.Limits;
import io.zerostate.task.TaskSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each codec promises, for every message that there is. */
class CodecsTest {
    private static final Pattern VERSIONED = Pattern.compile("[a-z]+\\.[a-z_]+/[1-9][0-9]*");

    static List<BusMessage> examples() {
        return MessageExamples.ALL;
    }

    @Test
    void everyMessageHasExactlyOneCodec() {
        assertThat(Codecs.ALL.stream().<Class<?>>map(WireCodec::type))
                .containsExactlyInAnyOrder(BusMessage.class.getPermittedSubclasses());
    }

    @Test
    void everyMessageHasAnExample() {
        assertThat(MessageExamples.ALL.stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(BusMessage.class.getPermittedSubclasses());
    }

    @Test
    void everyMessageIsARecord() {
        assertThat(BusMessage.class.getPermittedSubclasses()).allMatch(Class::isRecord);
    }

    @Test
    void wireNamesAreVersionedAndUnique() {
        Stream<String> names = Codecs.ALL.stream().map(WireCodec::name);
        assertThat(names).allMatch(VERSIONED.asMatchPredicate()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatWasWrittenIsReadBack(BusMessage example) {
        assertThat(decode(example, encode(example))).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theBytesAreThoseThatEarlierBuildsWrote(BusMessage example) throws IOException {
        GoldenFile golden = new GoldenFile(codecOf(example).name());
        golden.writeIfMissing(encode(example));

        assertThat(golden.path()).exists();
        assertThat(encode(example)).isEqualTo(golden.read());
        assertThat(decode(example, golden.read())).isEqualTo(example);
    }

    @Test
    void aClaimFromBeforeMemoryWasCountedIsOneWithoutBounds() throws IOException {
        ClaimTasks now = (ClaimTasks) example(ClaimTasks.class);
        assertThat(decode(now, new GoldenFile("task.claim/1").readEarlier()))
                .isEqualTo(new ClaimTasks(now.node(), now.taskIds()));
        TasksClaimed answer = (TasksClaimed) example(TasksClaimed.class);
        assertThat(decode(answer, new GoldenFile("task.claimed/1").readEarlier()))
                .isEqualTo(new TasksClaimed(
                        List.of(new ClaimedTask(
                                answer.tasks().getFirst().taskId(),
                                answer.tasks().getFirst().tenantId(),
                                earlier(answer.tasks().getFirst().spec()),
                                answer.tasks().getFirst().attempt(),
                                answer.tasks().getFirst().retries(),
                                answer.tasks().getFirst().crashes(),
                                answer.tasks().getFirst().queueMs())),
                        answer.waiting(),
                        List.of()));
    }

    @Test
    void aNodeFromBeforeHeartbeatsWereToldSaysNothingOfThem() throws IOException {
        NodeStatus now = (NodeStatus) example(NodeStatus.class);
        assertThat(decode(now, new GoldenFile("node.status/1").readEarlier()))
                .isEqualTo(new NodeStatus(now.node(), now.slots(), now.busy(), now.queued(), now.stopping(), now.at(), null));
    }

    @Test
    void limitsFromBeforeCallsAndFilesWereCountedAreTheDefaultsOfTheseAndNoFiles() throws IOException {
        SubmitTasks now = (SubmitTasks) example(SubmitTasks.class);
        SubmitTasks before = (SubmitTasks) decode(now, new GoldenFile("task.submit/1").readEarlier());
        assertThat(before.submissions().getFirst().spec()).isEqualTo(earlier(now.submissions().getFirst().spec()));

        RegisterAgent agent = (RegisterAgent) example(RegisterAgent.class);
        LimitOverrides wishes = agent.manifest().limits();
        assertThat(((RegisterAgent) decode(agent, new GoldenFile("agent.register/1").readEarlier())).manifest().limits())
                .isEqualTo(new LimitOverrides(
                        wishes.timeoutMs(), wishes.memoryBytes(), wishes.stdoutBytes(), wishes.stderrBytes()));
    }

    private static TaskSpec earlier(TaskSpec spec) {
        Limits limits = spec.limits();
        return new TaskSpec(
                spec.program(),
                new Input(spec.input().stdin(), spec.input().args(), spec.input().env()),
                new Limits(limits.timeoutMs(), limits.memoryBytes(), limits.stdoutBytes(), limits.stderrBytes()),
                spec.schedule(),
                spec.retry(),
                spec.labels());
    }

    @Test
    void anAgentsChangeFromBeforeItsModuleWasNamedIsOfNone() throws IOException {
        AgentChanged now = (AgentChanged) example(AgentChanged.class);
        AgentChanged before = (AgentChanged) decode(now, new GoldenFile("agent.changed/1").readEarlier());
        assertThat(before)
                .isEqualTo(new AgentChanged(
                        now.agentId(), now.tenantId(), now.name(), now.version(), "", now.deleted(), now.at()));
    }

    @Test
    void aLossFromBeforeAttemptsWereNamedIsOfNone() throws IOException {
        LoseTasks now = (LoseTasks) example(LoseTasks.class);
        assertThat(decode(now, new GoldenFile("task.lose/1").readEarlier()))
                .isEqualTo(new LoseTasks(now.leases().stream()
                        .map(lease -> new LoseTasks.LostLease(lease.taskId(), lease.node()))
                        .toList()));
    }

    @Test
    void aReportFromBeforeGatesHadVersionsIsOneOfNoGate() throws IOException {
        AgentFound now = (AgentFound) example(AgentFound.class);
        ModuleReport report = now.agent().current().report();
        AgentFound earlier = (AgentFound) decode(now, new GoldenFile("agent.found/1").readEarlier());
        assertThat(earlier.agent().current().report())
                .isEqualTo(new ModuleReport(
                        report.imports(),
                        report.memoryMinBytes(),
                        report.memoryMaxBytes(),
                        report.functions(),
                        report.interpretedFunctions(),
                        report.compileMs(),
                        report.warnings()));
        assertThat(earlier.agent().updatedAt()).isEqualTo(now.agent().updatedAt());
    }

    private static BusMessage example(Class<? extends BusMessage> type) {
        return examples().stream().filter(type::isInstance).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aMessageIsReadWhereverItBeginsInItsBuffer(BusMessage example) {
        Buffer buffer = Buffer.buffer("head").appendBytes(encode(example));
        assertThat(codecOf(example).decodeFromWire(4, buffer)).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aMessageThatWasCutShortIsRefused(BusMessage example) {
        byte[] whole = encode(example);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decode(example, cut))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(WireFormatException.class)
                    .hasMessageContaining(codecOf(example).name());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatANewerBuildAppendsIsSkipped(BusMessage example) {
        Buffer newer = Buffer.buffer(encode(example)).appendString("a field of tomorrow");
        newer.setInt(0, newer.length() - Integer.BYTES);
        assertThat(decode(example, newer.getBytes())).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void withinANodeTheMessageItselfIsHandedOver(BusMessage example) {
        assertThat(codecOf(example).transform(example)).isSameAs(example);
    }

    private static byte[] encode(BusMessage message) {
        Buffer buffer = Buffer.buffer();
        codecOf(message).encodeToWire(buffer, message);
        return buffer.getBytes();
    }

    private static BusMessage decode(BusMessage like, byte[] bytes) {
        return codecOf(like).decodeFromWire(0, Buffer.buffer(bytes));
    }

    @SuppressWarnings("unchecked") // The codec was found by the message's own class.
    private static <M extends BusMessage> WireCodec<M> codecOf(M message) {
        return (WireCodec<M>) Codecs.ALL.stream()
                .filter(codec -> codec.type() == message.getClass())
                .findFirst()
                .orElseThrow();
    }
}
