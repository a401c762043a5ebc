package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.bus.ListTasks;
import io.zerostate.bus.ListTasks.Filter;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.ResultPage;
import io.zerostate.bus.RunningFound.RunningTask;
import io.zerostate.bus.Submission;
import io.zerostate.bus.TasksCounted;
import io.zerostate.postgres.Answers;
import io.zerostate.task.Bytes;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Outcome;
import io.zerostate.task.Priority;
import io.zerostate.task.RunReport;
import io.zerostate.task.Settlement;
import io.zerostate.task.Task;
import io.zerostate.task.TaskResult;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How tasks and results are looked for. */
abstract class QueryContract extends TaskStoreContract {
    private List<UUID> list(Filter filter) {
        return Answers.of(store().list(new ListTasks(Tenant.DEFAULT_ID, filter, null, 200))).stream()
                .map(Task::id)
                .toList();
    }

    private List<UUID> submittedFor(UUID agentId, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> submitted(Samples.submission(agentId)))
                .toList();
    }

    private static Filter ofAgent(UUID agentId) {
        return new Filter(null, agentId, null, null, null);
    }

    @Test
    void pagesGoFromNewToOldWithoutGapOrRepeat() {
        UUID agentId = Samples.id();
        List<UUID> ids = submittedFor(agentId, 7);
        List<UUID> seen = new ArrayList<>();
        UUID before = null;
        for (List<Task> page = null; page == null || page.size() == 3; ) {
            page = Answers.of(store().list(new ListTasks(Tenant.DEFAULT_ID, ofAgent(agentId), before, 3)));
            page.forEach(task -> seen.add(task.id()));
            before = seen.getLast();
        }
        assertThat(seen).isEqualTo(ids.reversed());
    }

    @Test
    void listsLeaveTheInputOutAndNothingElse() {
        UUID agentId = Samples.id();
        UUID taskId = submittedFor(agentId, 1).getFirst();
        Task listed = Answers.of(store().list(new ListTasks(Tenant.DEFAULT_ID, ofAgent(agentId), null, 1))).getFirst();
        Task found = task(taskId);
        assertThat(listed.spec().input().stdin()).isEqualTo(Bytes.EMPTY);
        assertThat(listed.spec().input().args()).isEqualTo(found.spec().input().args());
        assertThat(listed.progress()).isEqualTo(found.progress());
    }

    @ParameterizedTest
    @EnumSource
    void tasksAreFoundByState(TaskState state) {
        UUID taskId = taskIn(state);
        assertThat(list(new Filter(state, null, null, null, null))).contains(taskId);
        for (TaskState other : TaskState.values()) {
            if (other != state) {
                assertThat(list(new Filter(other, null, null, null, null))).doesNotContain(taskId);
            }
        }
    }

    @Test
    void tasksAreFoundByTheKindOfTheirFailure() {
        UUID failed = taskIn(TaskState.FAILED);
        UUID retrying = taskIn(TaskState.RETRYING);
        UUID cancelled = taskIn(TaskState.CANCELLED);
        assertThat(list(new Filter(null, null, ErrorCode.EXIT, null, null)))
                .contains(failed, retrying)
                .doesNotContain(cancelled);
        assertThat(list(new Filter(TaskState.CANCELLED, null, ErrorCode.CANCELLED, null, null))).contains(cancelled);
        assertThat(list(new Filter(TaskState.FAILED, null, ErrorCode.TRAP, null, null))).doesNotContain(failed);
    }

    @Test
    void tasksAreFoundByTheTimeOfTheirCreation() {
        UUID agentId = Samples.id();
        List<UUID> ids = submittedFor(agentId, 3);
        Instant from = task(ids.get(1)).createdAt();
        Instant to = task(ids.get(2)).createdAt();
        assertThat(list(new Filter(null, agentId, null, from, null))).containsExactly(ids.get(2), ids.get(1));
        assertThat(list(new Filter(null, agentId, null, null, from))).containsExactly(ids.get(0));
        assertThat(list(new Filter(null, agentId, null, from, to))).containsExactly(ids.get(1));
        assertThat(list(new Filter(null, agentId, null, Instant.MAX, Instant.EPOCH))).isEmpty();
    }

    @Test
    void everyFilterHoldsTogetherWithTheOthers() {
        UUID agentId = Samples.id();
        UUID taskId = submittedFor(agentId, 1).getFirst();
        claimed(taskId);
        finished(Samples.failure(taskId, 1));
        Instant createdAt = task(taskId).createdAt();
        Filter all = new Filter(TaskState.FAILED, agentId, ErrorCode.EXIT, createdAt, createdAt.plusMillis(1));
        assertThat(list(all)).containsExactly(taskId);
    }

    @Test
    void listsShowNoOtherTenantsTasks() {
        UUID agentId = Samples.id();
        submittedFor(agentId, 1);
        assertThat(Answers.of(store().list(new ListTasks(99, ofAgent(agentId), null, 10)))).isEmpty();
        assertThat(Answers.of(store().listResults(99, null, null, 10))).isEmpty();
    }

    @Test
    void resultsAreListedFromNewToOldWithTheBeginningOfTheirOutput() {
        UUID agentId = Samples.id();
        List<UUID> ids = submittedFor(agentId, 3);
        Bytes flood = Bytes.of(new byte[ResultPage.OUTPUT_BYTES + 1]);
        Bytes full = Bytes.of(new byte[ResultPage.OUTPUT_BYTES]);
        for (UUID taskId : ids) {
            claimed(taskId);
            RunReport report = new RunReport(
                    new Outcome.Completed(0), new CapturedOutput(flood, false), new CapturedOutput(full, false), 1, 1);
            finished(new FinishAttempt(taskId, 1, report, new Settlement.End(TaskState.COMPLETED)));
        }
        List<TaskResult> page = Answers.of(store().listResults(Tenant.DEFAULT_ID, agentId, null, 2));
        assertThat(page.stream().map(TaskResult::taskId)).containsExactly(ids.get(2), ids.get(1));
        assertThat(page).allSatisfy(result -> {
            assertThat(result.stdout()).isEqualTo(new CapturedOutput(full, true));
            assertThat(result.stderr()).isEqualTo(new CapturedOutput(full, false));
        });
        assertThat(Answers.of(store().listResults(Tenant.DEFAULT_ID, agentId, ids.get(1), 2)).stream()
                        .map(TaskResult::taskId))
                .containsExactly(ids.getFirst());
        assertThat(Answers.of(store().findResult(Tenant.DEFAULT_ID, ids.getFirst())).stdout())
                .isEqualTo(new CapturedOutput(flood, false));
    }

    @Test
    void theReconcilerSeesEveryWaitingAndEveryRunningTaskOnce() {
        List<UUID> waiting = List.of(taskIn(TaskState.QUEUED), taskIn(TaskState.RETRYING));
        List<UUID> running = List.of(taskIn(TaskState.RUNNING), taskIn(TaskState.RUNNING));
        List<UUID> ended = List.of(taskIn(TaskState.COMPLETED), taskIn(TaskState.CANCELLED));
        List<UUID> seenWaiting = new ArrayList<>();
        for (List<QueueEntry> page = null; page == null || page.size() == 2; ) {
            page = Answers.of(store().waiting(seenWaiting.isEmpty() ? null : seenWaiting.getLast(), 2));
            page.forEach(entry -> seenWaiting.add(entry.taskId()));
        }
        List<UUID> seenRunning = new ArrayList<>();
        for (List<RunningTask> page = null; page == null || page.size() == 2; ) {
            page = Answers.of(store().running(seenRunning.isEmpty() ? null : seenRunning.getLast(), 2));
            page.forEach(task -> {
                assertThat(task.attempt()).isPositive();
                seenRunning.add(task.taskId());
            });
        }
        assertThat(seenWaiting).doesNotHaveDuplicates().containsAll(waiting).doesNotContainAnyElementsOf(running);
        assertThat(seenRunning).doesNotHaveDuplicates().containsAll(running).doesNotContainAnyElementsOf(waiting);
        assertThat(seenWaiting).doesNotContainAnyElementsOf(ended);
        assertThat(seenRunning).doesNotContainAnyElementsOf(ended);
    }

    @Test
    void countsAreOfTasksThatHaveNotEnded() {
        long tenant = 4_711;
        Instant later = Instant.now().plusSeconds(3_600);
        List<Submission> batch = List.of(
                Samples.submission(Priority.HIGH, Instant.EPOCH),
                Samples.submission(Priority.HIGH, later),
                Samples.submission(Priority.LOW, Instant.EPOCH));
        Answers.of(store().submit(batch.stream()
                .map(one -> new Submission(one.taskId(), tenant, one.spec(), null, null))
                .toList()));
        Answers.of(store().claim(new ClaimTasks(NODE, List.of(batch.getLast().taskId()))));
        assertThat(Answers.of(store().countUnfinished())).containsEntry(tenant, 3L);
        TasksCounted counted = Answers.of(store().count(tenant));
        assertThat(counted.byState()).isEqualTo(Map.of(TaskState.QUEUED, 2L, TaskState.RUNNING, 1L));
        assertThat(counted.waitingByPriority()).isEqualTo(Map.of(Priority.HIGH, 2L));
        Task due = Answers.of(store().find(tenant, batch.getFirst().taskId())).task();
        assertThat(counted.oldestDueAt()).isEqualTo(due.progress().nextRunAt());
        assertThat(Answers.of(store().count(4_712))).isEqualTo(new TasksCounted(Map.of(), Map.of(), null));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(Answers.refusalOf(store().find(Tenant.DEFAULT_ID, Samples.id()))).isEqualTo(ErrorCode.TASK_NOT_FOUND);
        assertThat(Answers.refusalOf(store().findResult(Tenant.DEFAULT_ID, Samples.id())))
                .isEqualTo(ErrorCode.TASK_NOT_FOUND);
        assertThat(Answers.refusalOf(store().cancel(Tenant.DEFAULT_ID, Samples.id()))).isEqualTo(ErrorCode.TASK_NOT_FOUND);
    }
}
