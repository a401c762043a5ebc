package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.zerostate.bus.NodeStatus;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskEvents;
import io.zerostate.bus.TasksCounted;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final History history = new History(() -> NOW);
    private final UUID task = UUID.randomUUID();

    @Test
    void aPointTellsWhatBecameOfTasksAndHowLongTheyWaitedAndRan() {
        change(TaskState.QUEUED, 0, 0, null);
        change(TaskState.RUNNING, 1, 30, null);
        change(TaskState.RETRYING, 1, 130, ErrorCode.TRAP);
        change(TaskState.RUNNING, 2, 2_130, null);
        change(TaskState.COMPLETED, 2, 2_630, null);
        history.hear(new NodeStatus("node-1", 4, 3, 7, false, NOW, null));
        history.close(new TasksCounted(Map.of(TaskState.QUEUED, 7L), Map.of(), null));

        JsonObject point = last();
        assertThat(point.getMap())
                .containsEntry("at", "2026-01-02T03:04:05Z")
                .containsEntry("submitted", 1)
                .containsEntry("completed", 1)
                .containsEntry("failed", 0)
                .containsEntry("queued", 7L)
                .containsEntry("running", 0L)
                .containsEntry("wait_p50_ms", 30L)
                .containsEntry("run_p50_ms", 500L)
                .containsEntry("run_p99_ms", 500L);
        assertThat(point.getJsonObject("failures").getMap()).containsExactly(Map.entry("trap", 1));
        assertThat(point.getJsonObject("workers").getJsonObject("node-1"))
                .isEqualTo(new JsonObject().put("busy", 3).put("idle", 1));
    }

    @Test
    void theWaitForARetryIsMeantAndNoWaitForAWorker() {
        change(TaskState.RETRYING, 1, 0, ErrorCode.TRAP);
        change(TaskState.RUNNING, 2, 2_000, null);
        history.close(null);

        assertThat(last().getValue("wait_p50_ms")).isNull();
        assertThat(last().getValue("queued")).isNull();
    }

    @Test
    void anHourIsKept() {
        for (int i = 0; i < 400; i++) {
            history.close(null);
        }

        assertThat(history.toJson().getJsonArray("points")).hasSize(360);
    }

    private void change(TaskState state, int attempt, long afterMs, @Nullable ErrorCode failure) {
        history.hear(new TaskEvents(List.of(new TaskEvent.Changed(
                task, 1, task, state, attempt, 1, "", "", failure, NOW.plusMillis(afterMs)))));
    }

    private JsonObject last() {
        return history.toJson().getJsonArray("points").getJsonObject(history.toJson().getJsonArray("points").size() - 1);
    }
}
