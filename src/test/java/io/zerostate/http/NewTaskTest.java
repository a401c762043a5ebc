package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.zerostate.agent.Agent;
import io.zerostate.agent.AgentVersion;
import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.Manifest;
import io.zerostate.agent.ModuleReport;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Input;
import io.zerostate.task.LimitOverrides;
import io.zerostate.task.Limits;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RefusedException;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.Schedule;
import io.zerostate.task.TaskSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewTaskTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final UUID AGENT_ID = UUID.fromString("01980f4c-7c2e-7d15-a2f0-5e0c9c1b7a11");
    private static final String SHA256 = "ab".repeat(32);

    private static TaskSpec spec(String json) {
        return spec(json, LimitOverrides.NONE);
    }

    private static TaskSpec spec(String json, LimitOverrides agentLimits) {
        ModuleReport report = new ModuleReport(List.of(), 0, -1, 1, 0, 1, List.of());
        AgentVersion version = new AgentVersion(3, "1.0", new BinaryRef(SHA256, 8), report, NOW);
        Manifest manifest = new Manifest("", List.of(), agentLimits);
        Agent agent = new Agent(AGENT_ID, 1, "echo", manifest, version, NOW, NOW, null);
        return new NewTask(new JsonObject(json)).spec(agent, Limits.DEFAULT, Limits.MAXIMUM, NOW);
    }

    @Test
    void whatIsNotAskedForHasItsDefault() {
        TaskSpec spec = spec("{\"agent_id\": \"echo\"}");

        assertThat(spec.program()).isEqualTo(new Program(AGENT_ID, "echo", 3, SHA256));
        assertThat(spec.input()).isEqualTo(new Input(Bytes.EMPTY, List.of(), Map.of()));
        assertThat(spec.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(spec.schedule()).isEqualTo(new Schedule(Priority.NORMAL, Schedule.AT_ONCE));
        assertThat(spec.retry()).isEqualTo(RetryPolicy.DEFAULT);
        assertThat(spec.labels().metadataJson()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"grüße\"|grüße",
        "{\"a\": [1, null]}|{\"a\":[1,null]}",
        "[true]|[true]",
        "12|12",
        "null|null",
        "\"\"|''"
    })
    void textReachesStdinAsItIsAndOtherValuesAsTheirJson(String input, String stdin) {
        String expected = stdin.equals("''") ? "" : stdin;

        assertThat(spec("{\"agent_id\": \"echo\", \"input\": " + input + "}").input().stdin())
                .isEqualTo(Bytes.ofUtf8(expected));
    }

    @Test
    void bytesReachStdinFromBase64() {
        assertThat(spec("{\"agent_id\": \"echo\", \"input_base64\": \"AP8=\"}").input().stdin())
                .isEqualTo(Bytes.of(new byte[] {0, (byte) 0xff}));
    }

    @Test
    void whatIsNoBase64IsRefusedWithItsPlace() {
        assertThatThrownBy(() -> spec("{\"agent_id\": \"echo\", \"input_base64\": \"%%\"}"))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                    assertThat(refused.problem().errors().getFirst().name()).isEqualTo("#/input_base64");
                });
    }

    @Test
    void theAgentsLimitsStandBetweenTheDefaultsAndTheTask() {
        LimitOverrides agent = new LimitOverrides(20_000L, 256L, 10L, null);

        Limits limits = spec("{\"agent_id\": \"echo\", \"memory_bytes\": 512}", agent).limits();

        assertThat(limits).isEqualTo(new Limits(20_000, 512, 10, Limits.DEFAULT.stderrBytes()));
    }

    @Test
    void anInputBeyondWhatTheAgentTakesIsRefused() {
        LimitOverrides agent = new LimitOverrides(null, null, null, null, 3L, null, null);

        assertThat(spec("{\"agent_id\": \"echo\", \"input\": \"abc\"}", agent).limits().inputBytes()).isEqualTo(3);
        assertThatThrownBy(() -> spec("{\"agent_id\": \"echo\", \"input\": \"abcd\"}", agent))
                .isInstanceOfSatisfying(ProblemException.class, refused ->
                        assertThat(refused.problem().code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
                .hasMessageContaining("input has 4 bytes, at most 3 are allowed");
    }

    @Test
    void filesComeAsTextOrAsBase64() {
        TaskSpec spec = spec("{\"agent_id\": \"echo\", \"files\": {\"a/b\": \"\u00e4\", \"c\": {\"base64\": \"AP8=\"}}, \"file_bytes\": 4096}");

        assertThat(spec.input().files())
                .containsOnly(Map.entry("a/b", Bytes.ofUtf8("\u00e4")), Map.entry("c", Bytes.of(new byte[] {0, -1})));
        assertThat(spec.memoryBytes()).isEqualTo(Limits.DEFAULT.memoryBytes() + 4_096);
        assertThat(spec("{\"agent_id\": \"echo\"}").input().files()).isNull();
    }

    @Test
    void filesBeyondTheirQuotaAreRefused() {
        assertLimit("#/files", "{\"agent_id\": \"echo\", \"files\": {\"a\": \"\"}, \"file_bytes\": 256}");
    }

    @Test
    void filesAndMemoryAreBoundedTogether() {
        assertLimit("#/file_bytes", "{\"agent_id\": \"echo\", \"files\": {}, \"file_bytes\": 1, \"memory_bytes\": 1073741824}");
    }

    @Test
    void aPathThatNoFileCanHaveIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> spec("{\"agent_id\": \"echo\", \"files\": {\"../x\": \"\"}}"))
                .isInstanceOfSatisfying(ProblemException.class, refused ->
                        assertThat(refused.problem().errors().getFirst().name()).isEqualTo("#/files"));
    }

    @Test
    void moreThanTheMaximumIsRefused() {
        assertThatThrownBy(() -> spec("{\"agent_id\": \"echo\", \"timeout_ms\": 300001}"))
                .isInstanceOfSatisfying(RefusedException.class, refused ->
                        assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
                .hasMessageContaining("timeout_ms")
                .hasMessageContaining("300000");
    }

    @Test
    void inputOverItsLimitIsRefused() {
        String input = "x".repeat(Input.MAX_STDIN_BYTES + 1);

        assertLimit("#/input", "{\"agent_id\": \"echo\", \"input\": \"" + input + "\"}");
    }

    @Test
    void argsAndEnvCountTogether() {
        String half = "x".repeat(Input.MAX_ARGS_AND_ENV_BYTES / 2);

        assertLimit("#/args", "{\"agent_id\": \"echo\", \"args\": [\"" + half + "\"], \"env\": {\"A\": \"" + half + "\"}}");
    }

    @Test
    void metadataOverItsLimitIsRefused() {
        assertLimit("#/metadata", "{\"agent_id\": \"echo\", \"metadata\": {\"a\": \"" + "x".repeat(16 * 1024) + "\"}}");
    }

    @Test
    void aDelayCountsFromNow() {
        assertThat(spec("{\"agent_id\": \"echo\", \"delay_ms\": 1500, \"priority\": \"critical\"}").schedule())
                .isEqualTo(new Schedule(Priority.CRITICAL, NOW.plusMillis(1500)));
    }

    @Test
    void aTimeKeepsItsOffset() {
        assertThat(spec("{\"agent_id\": \"echo\", \"run_at\": \"2026-02-01T01:00:00+01:00\"}").schedule().runAt())
                .isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
    }

    @Test
    void aTimeWithoutAnOffsetIsRefused() {
        assertThatThrownBy(() -> spec("{\"agent_id\": \"echo\", \"run_at\": \"2026-02-01T01:00:00\"}"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aRetryPolicyMayBeGivenInPart() {
        String json = "{\"agent_id\": \"echo\", \"retry\": {\"max_retries\": 1, \"retry_on\": [\"timeout\"]}}";

        assertThat(spec(json).retry()).isEqualTo(new RetryPolicy(1, 2_000, 2.0, Set.of(ErrorCode.TIMEOUT)));
    }

    private static void assertLimit(String pointer, String json) {
        assertThatThrownBy(() -> spec(json)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
            assertThat(refused.problem().errors().getFirst().name()).isEqualTo(pointer);
        });
    }
}
