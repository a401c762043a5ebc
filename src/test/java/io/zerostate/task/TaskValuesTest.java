package io.zerostate.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The small values that tasks are made of. */
class TaskValuesTest {
    @Test
    void bytesAreEqualByContent() {
        assertThat(Bytes.of(new byte[] {1, 2})).isEqualTo(Bytes.of(new byte[] {1, 2})).hasSameHashCodeAs(Bytes.of(new byte[] {1, 2}));
        assertThat(Bytes.of(new byte[] {1, 2})).isNotEqualTo(Bytes.of(new byte[] {2, 1}));
    }

    @Test
    void noBytesAreEmpty() {
        assertThat(Bytes.of(new byte[0])).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.EMPTY.isEmpty()).isTrue();
        assertThat(Bytes.ofUtf8("ä").length()).isEqualTo(2);
    }

    @Test
    void whatATaskReadsAndWritesDoesNotShowInLogs() {
        Input input = new Input(Bytes.ofUtf8("hunter2"), List.of(), Map.of());
        assertThat(input).asString().doesNotContain("hunter2").contains("7 bytes");
    }

    @Test
    void anInputKeepsItsOwnArgumentsAndVariables() {
        List<String> args = new ArrayList<>(List.of("-c"));
        Map<String, String> env = new HashMap<>(Map.of("LANG", "C"));
        Input input = new Input(Bytes.EMPTY, args, env);
        args.add("later");
        env.clear();
        assertThat(input.args()).containsExactly("-c");
        assertThat(input.env()).containsExactly(Map.entry("LANG", "C"));
        assertThatThrownBy(() -> input.args().add("x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> input.env().put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void moreUrgentTasksStandFurtherAhead() {
        assertThat(List.of(
                        Priority.HEAD_OF_LINE,
                        Priority.CRITICAL.rank(),
                        Priority.HIGH.rank(),
                        Priority.NORMAL.rank(),
                        Priority.LOW.rank()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void prioritiesAreReadBackByName(Priority priority) {
        assertThat(Priority.ofWireName(priority.wireName())).isEqualTo(priority);
    }

    @Test
    void aReportWithoutRunHasNoOutput() {
        RunReport report = RunReport.withoutRun(new Outcome.Rejected("no _start"));
        assertThat(report.stdout()).isEqualTo(CapturedOutput.NONE);
        assertThat(report.stderr()).isEqualTo(CapturedOutput.NONE);
        assertThat(report.durationMs()).isZero();
    }

    @Test
    void aRefusalIsAnAnswerAndCarriesNoStackTrace() {
        RefusedException refusal = new RefusedException(ErrorCode.LIMIT_EXCEEDED, "timeout_ms is 0");
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal.detail()).isEqualTo("timeout_ms is 0");
    }
}
