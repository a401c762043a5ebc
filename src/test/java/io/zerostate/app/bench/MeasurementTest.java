package io.zerostate.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The statistics of {@code zerostate bench}. */
class MeasurementTest {
    private static final UUID TASK = new UUID(1, 1);

    private final Measurement measurement = new Measurement(new Random(1));
    private final Outstanding outstanding = new Outstanding(measurement);

    private static long millis(long milliseconds) {
        return Duration.ofMillis(milliseconds).toNanos();
    }

    @Test
    void percentilesAreThoseOfAllDurations() {
        Latency latency = new Latency();
        IntStream.rangeClosed(1, 10_000).forEach(i -> latency.add(i * 1_000L));
        LatencySummary summary = latency.summary();
        assertThat(summary.count()).isEqualTo(10_000);
        assertThat((double) summary.p50()).isCloseTo(5_000, within(10.0));
        assertThat((double) summary.p90()).isCloseTo(9_000, within(10.0));
        assertThat((double) summary.p99()).isCloseTo(9_900, within(10.0));
        assertThat((double) summary.max()).isCloseTo(10_000, within(10.0));
        assertThat((double) summary.mean()).isCloseTo(5_000, within(10.0));
    }

    @Test
    void noDurationsAreZeros() {
        assertThat(new Latency().summary()).isEqualTo(new LatencySummary(0, 0, 0, 0, 0, 0));
    }

    @Test
    void aSampleIsBoundedAndEvenlySpread() {
        Sample<Integer> sample = new Sample<>(1_000, new Random(7));
        IntStream.range(0, 100_000).forEach(sample::add);
        assertThat(sample.chosen()).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(sample.chosen().stream().mapToInt(i -> i).average().orElseThrow()).isCloseTo(50_000, within(3_000.0));
    }

    @Test
    void aSampleOfFewIsAllOfThem() {
        Sample<Integer> sample = new Sample<>(1_000, new Random(7));
        IntStream.range(0, 10).forEach(sample::add);
        assertThat(sample.chosen()).containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void anEndIsTimedFromWhenTheTaskWasMeantToBeSent() {
        outstanding.accepted(TASK, millis(100));
        outstanding.ended(TASK, TaskState.COMPLETED, millis(150));
        assertThat(measurement.endToEnd().max()).isBetween(49_900L, 50_100L);
        assertThat(outstanding.size()).isZero();
    }

    @Test
    void anEndThatIsSeenBeforeTheAnswerCounts() {
        outstanding.ended(TASK, TaskState.COMPLETED, millis(150));
        outstanding.accepted(TASK, millis(100));
        assertThat(measurement.counts().completed()).isEqualTo(1);
        assertThat(measurement.endToEnd().max()).isBetween(49_900L, 50_100L);
        assertThat(outstanding.size()).isZero();
    }

    @Test
    void endsOfOthersTasksAreNotKeptForEver() {
        outstanding.ended(TASK, TaskState.COMPLETED, 0);
        IntStream.range(0, 100_000).forEach(i -> outstanding.ended(new UUID(2, i), TaskState.COMPLETED, 0));
        outstanding.accepted(TASK, 0);
        assertThat(outstanding.size()).as("its end was forgotten").isEqualTo(1);
    }

    @Test
    void anEndThatNobodySawIsCountedAndNotTimed() {
        outstanding.accepted(TASK, 0);
        outstanding.found(TASK, TaskState.FAILED);
        assertThat(measurement.counts()).isEqualTo(new Measurement.Counts(0, 0, 0, 1, 1));
        assertThat(measurement.endToEnd().count()).isZero();
        assertThat(measurement.failed()).containsExactly(TASK);
    }

    private static JsonObject task(JsonObject... attempts) {
        return new JsonObject()
                .put("created_at", "2026-01-31T12:00:00.000Z")
                .put("attempts", new JsonArray(List.of(attempts)));
    }

    private static JsonObject attempt(String started, String finished, long durationMs) {
        return new JsonObject()
                .put("started_at", "2026-01-31T12:00:" + started + "Z")
                .put("finished_at", "2026-01-31T12:00:" + finished + "Z")
                .put("duration_ms", durationMs);
    }

    @Test
    void thePartsOfATaskMakeUpTheWhole() {
        Split split = new Split();
        split.add(task(attempt("00.010", "00.0355", 20)), millis(40));
        Map<Stage, LatencySummary> parts = split.summaries();
        assertThat((double) parts.get(Stage.QUEUE).max()).isCloseTo(10_000, within(10.0));
        assertThat((double) parts.get(Stage.RUN).max()).isCloseTo(20_000, within(20.0));
        assertThat((double) parts.get(Stage.STORE).max()).isCloseTo(5_500, within(10.0));
        assertThat((double) parts.get(Stage.AROUND).max()).isCloseTo(4_500, within(10.0));
    }

    @Test
    void aTaskThatWasTriedAgainIsNotSplit() {
        Split split = new Split();
        split.add(task(attempt("00.010", "00.030", 20), attempt("02.010", "02.030", 20)), millis(2_100));
        assertThat(split.summaries().get(Stage.QUEUE).count()).isZero();
    }

    @Test
    void theModuleIsTheOneThatIsBuiltFromSource() throws Exception {
        assertThat(HelloAgent.module()).isEqualTo(Files.readAllBytes(Path.of("tests", "wasm", "hello_c.wasm")));
    }
}
