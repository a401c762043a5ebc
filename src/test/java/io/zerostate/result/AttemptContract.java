package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.RunningFound.RunningTask;
import io.zerostate.bus.Submission;
import io.zerostate.bus.TasksClaimed.Unfit;
import io.zerostate.postgres.Answers;
import io.zerostate.result.FinishAnswer.Stale;
import io.zerostate.result.FinishAnswer.Stored;
import io.zerostate.task.Attempt;
import io.zerostate.task.AttemptEnd;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Input;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.Priority;
import io.zerostate.task.RunReport;
import io.zerostate.task.Settlement;
import io.zerostate.task.Task;
import io.zerostate.task.TaskResult;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How attempts begin and end. */
abstract class AttemptContract extends TaskStoreContract {
    private List<Attempt> attempts(UUID taskId) {
        return Answers.of(store().find(Tenant.DEFAULT_ID, taskId)).attempts();
    }

    private TaskResult result(UUID taskId) {
        return Answers.of(store().findResult(Tenant.DEFAULT_ID, taskId));
    }

    @Test
    void aClaimGivesWhatTheRunNeeds() {
        UUID taskId = submitted();
        Task task = task(taskId);
        ClaimedTask claimed = claimed(taskId);
        assertThat(claimed.spec()).isEqualTo(task.spec());
        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(claimed.retries()).isZero();
        assertThat(claimed.crashes()).isZero();
        assertThat(claimed.queueMs()).isBetween(0L, 60_000L);
        Task running = task(taskId);
        assertThat(running.state()).isEqualTo(TaskState.RUNNING);
        assertThat(running.progress().seq()).isEqualTo(2);
        assertThat(attempts(taskId)).singleElement().satisfies(attempt -> {
            assertThat(attempt.node()).isEqualTo(NODE);
            assertThat(attempt.end()).isNull();
            assertThat(attempt.startedAt()).isEqualTo(running.progress().startedAt());
        });
    }

    @Test
    void aClaimKeepsTheOrderInWhichItWasAsked() {
        List<UUID> ids = new ArrayList<>(List.of(submitted(), submitted(), submitted(), submitted()));
        List<UUID> asked = ids.reversed();
        assertThat(Answers.of(store().claim(new ClaimTasks(NODE, asked))).claims().stream().map(claim -> claim.task().taskId()))
                .containsExactlyElementsOf(asked);
    }

    @Test
    void whatIsRunningEndedOrUnknownIsNotClaimed() {
        ClaimAnswer answer = Answers.of(store().claim(new ClaimTasks(NODE, List.of(taskIn(TaskState.RUNNING), taskIn(TaskState.COMPLETED), Samples.id()))));
        assertThat(answer.claims()).isEmpty();
        assertThat(answer.waiting()).isEmpty();
    }

    @Test
    void memoryIsGivenOutInTheOrderInWhichItWasAskedFor() {
        UUID first = submitted(needing(300));
        UUID second = submitted(needing(200));
        UUID small = submitted(needing(1));
        ClaimAnswer answer = Answers.of(store().claim(new ClaimTasks(NODE, List.of(first, second, small), 499, 1_000)));
        assertThat(answer.claims()).extracting(claim -> claim.task().taskId()).containsExactly(first);
        assertThat(answer.waiting()).isEmpty();
        // Were the small one taken, the second one could wait for ever behind others like it.
        assertThat(answer.unfit()).containsExactly(new Unfit(second, 200), new Unfit(small, 1));
        assertThat(state(second)).isEqualTo(TaskState.QUEUED);
        assertThat(attempts(second)).isEmpty();

        ClaimAnswer later = Answers.of(store().claim(new ClaimTasks(NODE, List.of(small, second), 201, 1_000)));
        assertThat(later.claims()).extracting(claim -> claim.task().taskId()).containsExactly(small, second);
        assertThat(later.unfit()).isEmpty();
    }

    @Test
    void ofTasksThatCrashedANodeOneIsClaimedAtATime() {
        List<UUID> crashed = List.of(submitted(), submitted(), submitted());
        crashed.forEach(id -> {
            claimed(id);
            lost(id, NODE);
        });
        UUID innocent = submitted();
        List<UUID> asked = List.of(crashed.get(1), innocent, crashed.get(0), crashed.get(2));
        ClaimAnswer answer = Answers.of(store().claim(new ClaimTasks("node-2", asked)));
        assertThat(answer.claims()).extracting(claim -> claim.task().taskId()).containsExactly(crashed.get(1), innocent);
        assertThat(answer.waiting()).extracting(QueueEntry::taskId).containsExactlyInAnyOrder(crashed.get(0), crashed.get(2));
        assertThat(answer.unfit()).isEmpty();
        assertThat(attempts(crashed.get(0))).hasSize(1);
    }

    @Test
    void whatANodeCanNeverRunKeepsNoOtherTaskFromItsMemory() {
        UUID huge = submitted(needing(1_001));
        UUID whole = submitted(needing(1_000));
        ClaimAnswer answer = Answers.of(store().claim(new ClaimTasks(NODE, List.of(huge, whole), 1_000, 1_000)));
        assertThat(answer.claims()).extracting(claim -> claim.task().taskId()).containsExactly(whole);
        assertThat(answer.unfit()).containsExactly(new Unfit(huge, 1_001));
    }

    @Test
    void whatIsNotToBeHadNeedsNoMemory() {
        UUID later = submitted(Samples.submission(Priority.NORMAL, Instant.now().plusSeconds(3_600)));
        UUID fits = submitted(needing(100));
        ClaimAnswer answer = Answers.of(store().claim(
                new ClaimTasks(NODE, List.of(taskIn(TaskState.RUNNING), taskIn(TaskState.COMPLETED), later, fits), 100, 100)));
        assertThat(answer.claims()).extracting(claim -> claim.task().taskId()).containsExactly(fits);
        assertThat(answer.waiting()).extracting(QueueEntry::taskId).containsExactly(later);
        assertThat(answer.unfit()).isEmpty();
    }

    private static Submission needing(long memoryBytes) {
        TaskSpec spec = Samples.submission().spec();
        Limits limits = new Limits(1_000, memoryBytes, 1_000, 1_000);
        Input input = new Input(spec.input().stdin(), spec.input().args(), spec.input().env());
        return Samples.of(
                new TaskSpec(spec.program(), input, limits, spec.schedule(), spec.retry(), spec.labels()));
    }

    @Test
    void filesCountAsMemoryWithTheWholeOfTheirQuota() {
        Submission withFiles = Samples.submission();
        long needed = withFiles.spec().memoryBytes();
        assertThat(needed).isEqualTo(2_007_000);
        List<UUID> ids = List.of(submitted(withFiles));

        ClaimAnswer before = Answers.of(store().claim(new ClaimTasks(NODE, ids, needed - 1, needed)));
        assertThat(before.unfit()).containsExactly(new Unfit(withFiles.taskId(), needed));

        ClaimAnswer now = Answers.of(store().claim(new ClaimTasks(NODE, ids, needed, needed)));
        assertThat(now.claims().getFirst().task().spec().input()).isEqualTo(withFiles.spec().input());
    }

    @Test
    void aSuccessIsStoredWithItsResult() {
        UUID taskId = submitted();
        claimed(taskId);
        TaskChange change = finished(Samples.success(taskId, 1));
        assertThat(change.state()).isEqualTo(TaskState.COMPLETED);
        assertThat(change.seq()).isEqualTo(3);
        Task task = task(taskId);
        assertThat(task.progress().failure()).isNull();
        assertThat(task.progress().finishedAt()).isEqualTo(change.at());
        TaskResult result = result(taskId);
        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout()).isEqualTo(Samples.SUCCESS.stdout());
        assertThat(result.stderr()).isEqualTo(Samples.SUCCESS.stderr());
        assertThat(result.durationMs()).isEqualTo(12);
        assertThat(result.memoryPeakBytes()).isEqualTo(65_536);
        assertThat(result.failure()).isNull();
        assertThat(result.attempt()).isEqualTo(1);
        assertThat(result.agentId()).isEqualTo(task.spec().program().agentId());
        assertThat(attempts(taskId)).singleElement().satisfies(attempt -> assertThat(attempt.end())
                .isEqualTo(new AttemptEnd(change.at(), TaskState.COMPLETED, null, 0, 12)));
    }

    @Test
    void aRetryWaitsAtLeastItsDelay() {
        UUID taskId = submitted();
        claimed(taskId);
        TaskChange change = finished(Samples.retry(taskId, 1, Duration.ofMillis(2_345)));
        assertThat(change.state()).isEqualTo(TaskState.RETRYING);
        assertThat(change.nextRunAt()).isEqualTo(change.at().plusMillis(2_345));
        assertThat(isClaimable(taskId)).as("claimable at once").isFalse();
        Task task = task(taskId);
        assertThat(task.progress().retries()).isEqualTo(1);
        assertThat(task.progress().failure()).isEqualTo(Samples.EXIT_3.outcome().failure());
        assertThat(Answers.refusalOf(store().findResult(Tenant.DEFAULT_ID, taskId)))
                .isEqualTo(ErrorCode.TASK_NOT_FINISHED);
    }

    @Test
    void waitingForWhatIsAwayIsNoRetryAndShowsItsReason() {
        UUID taskId = submitted();
        for (int attempt = 1; attempt <= 3; attempt++) {
            ClaimedTask claimed = claimed(taskId);
            assertThat(claimed.retries()).isZero();
            assertThat(claimed.postponed()).isEqualTo(attempt - 1);
            TaskChange change = finished(Samples.postponed(taskId, attempt));
            assertThat(change.state()).isEqualTo(TaskState.RETRYING);
            Task task = task(taskId);
            assertThat(task.progress().retries()).isZero();
            assertThat(task.progress().failure()).isEqualTo(new Failure(ErrorCode.LOST, "the store is away"));
        }
        assertThat(attempts(taskId)).hasSize(3).allSatisfy(attempt -> assertThat(attempt.end().next())
                .isEqualTo(TaskState.RETRYING));
    }

    @Test
    void everyAttemptKeepsItsOwnOutcome() {
        UUID taskId = taskIn(TaskState.RETRYING);
        ClaimedTask second = claimed(taskId);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.retries()).isEqualTo(1);
        assertThat(task(taskId).progress().failure()).as("failure of the attempt before").isNull();
        Outcome trap = new Outcome.Trapped("unreachable\0");
        finished(new FinishAttempt(taskId, 2, RunReport.withoutRun(trap), new Settlement.End(TaskState.FAILED)));
        assertThat(attempts(taskId).stream().map(attempt -> attempt.end().failure()))
                .containsExactly(
                        Samples.EXIT_3.outcome().failure(), new Failure(ErrorCode.TRAP, "unreachable\uFFFD"));
        assertThat(attempts(taskId).stream().map(attempt -> attempt.end().next()))
                .containsExactly(TaskState.RETRYING, TaskState.FAILED);
        assertThat(result(taskId).attempt()).isEqualTo(2);
        assertThat(result(taskId).exitCode()).isNull();
        assertThat(task(taskId).progress().seq()).as("2 per attempt, and the acceptance").isEqualTo(5);
    }

    @Test
    void aReportOfAnOldAttemptChangesNothing() {
        UUID taskId = taskIn(TaskState.RETRYING);
        claimed(taskId);
        Task before = task(taskId);
        assertThat(finish(Samples.success(taskId, 1))).isInstanceOf(Stale.class);
        assertThat(finish(Samples.success(taskId, 3))).as("of an attempt to come").isInstanceOf(Stale.class);
        assertThat(Answers.of(store().handBack(taskId, 1))).isInstanceOf(Stale.class);
        assertThat(task(taskId)).isEqualTo(before);
    }

    @Test
    void aResultNeverChanges() {
        UUID taskId = taskIn(TaskState.COMPLETED);
        TaskResult before = result(taskId);
        assertThat(finish(Samples.failure(taskId, 1)))
                .isInstanceOfSatisfying(Stale.class, stale -> assertThat(stale.state()).isEqualTo(TaskState.COMPLETED));
        assertThat(result(taskId)).isEqualTo(before);
    }

    @Test
    void ofTwoReportsOfOneAttemptInOneBatchOneCounts() {
        UUID taskId = taskIn(TaskState.RUNNING);
        UUID other = taskIn(TaskState.RUNNING);
        List<FinishAnswer> answers = Answers.of(store().finish(List.of(
                Samples.success(taskId, 1), Samples.failure(taskId, 1), Samples.success(other, 1), Samples.success(Samples.id(), 1))));
        assertThat(answers.subList(0, 2)).hasAtLeastOneElementOfType(Stored.class).hasAtLeastOneElementOfType(Stale.class);
        assertThat(answers.get(2)).isInstanceOf(Stored.class);
        assertThat(answers.get(3)).isEqualTo(new FinishAnswer.Unknown());
    }

    @Test
    void handingBackCountsNeitherRetryNorCrash() {
        UUID taskId = taskIn(TaskState.RUNNING);
        FinishAnswer answer = Answers.of(store().handBack(taskId, 1));
        assertThat(answer).isInstanceOfSatisfying(Stored.class, stored -> assertThat(stored.change().seq()).isEqualTo(3));
        Task task = task(taskId);
        assertThat(task.state()).isEqualTo(TaskState.QUEUED);
        assertThat(task.progress().retries()).isZero();
        assertThat(task.progress().crashes()).isZero();
        assertThat(task.progress().failure()).isNull();
        assertThat(attempts(taskId).getFirst().end().next()).isEqualTo(TaskState.QUEUED);
        assertThat(claimed(taskId).attempt()).as("attempts only grow").isEqualTo(2);
    }

    @Test
    void aLostTaskIsBackInLineWithACrash() {
        UUID taskId = taskIn(TaskState.RUNNING);
        LoseAnswer answer = lost(taskId, NODE);
        assertThat(answer.changes()).singleElement().satisfies(change -> {
            assertThat(change.state()).isEqualTo(TaskState.QUEUED);
            assertThat(change.rank()).isEqualTo(Priority.NORMAL.rank());
            assertThat(change.failure().code()).isEqualTo(ErrorCode.LOST);
        });
        assertThat(task(taskId).progress().crashes()).isEqualTo(1);
        assertThat(task(taskId).progress().retries()).isZero();
        assertThat(finish(Samples.success(taskId, 1))).as("the lost run comes back").isInstanceOf(Stale.class);
        assertThat(claimed(taskId).crashes()).isEqualTo(1);
    }

    @Test
    void losingTwiceCountsOnce() {
        UUID taskId = taskIn(TaskState.RUNNING);
        lost(taskId, NODE);
        LoseAnswer again = lost(taskId, NODE);
        assertThat(again.changes()).isEmpty();
        assertThat(again.waiting()).singleElement().satisfies(entry -> assertThat(entry.taskId()).isEqualTo(taskId));
        assertThat(task(taskId).progress().crashes()).isEqualTo(1);
    }

    @Test
    void aLossThatArrivesLateDoesNotTouchTheNextAttemptOnTheSameNode() {
        UUID taskId = taskIn(TaskState.RUNNING);
        lost(taskId, NODE);
        claimed(taskId);
        LoseAnswer late = Answers.of(store().lose(List.of(new LostLease(taskId, NODE, 1)), MAX_CRASHES));
        assertThat(late.changes()).isEmpty();
        assertThat(late.waiting()).isEmpty();
        assertThat(state(taskId)).isEqualTo(TaskState.RUNNING);
        assertThat(task(taskId).progress().crashes()).isEqualTo(1);
        finished(Samples.success(taskId, 2));
    }

    @Test
    void aLeaseUnderWhichNothingRanLosesNoAttempt() {
        UUID running = taskIn(TaskState.RUNNING);
        UUID waiting = submitted();
        LoseAnswer answer = Answers.of(
                store().lose(List.of(new LostLease(running, NODE), new LostLease(waiting, NODE)), MAX_CRASHES));
        assertThat(answer.changes()).isEmpty();
        assertThat(answer.waiting()).singleElement().satisfies(entry -> assertThat(entry.taskId()).isEqualTo(waiting));
        assertThat(state(running)).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void runningTasksAreFoundByTheirIds() {
        UUID first = taskIn(TaskState.RUNNING);
        UUID again = taskIn(TaskState.RETRYING);
        claim(again, "node-2");
        assertThat(Answers.of(store().running(List.of(
                        again, first, submitted(), taskIn(TaskState.RETRYING), taskIn(TaskState.COMPLETED), Samples.id()))))
                .containsExactlyInAnyOrder(new RunningTask(first, 1, NODE), new RunningTask(again, 2, "node-2"));
    }

    @Test
    void aTaskOfAnotherNodeIsNotLost() {
        UUID taskId = submitted();
        claim(taskId, "node-2");
        LoseAnswer answer = lost(taskId, NODE);
        assertThat(answer.changes()).isEmpty();
        assertThat(answer.waiting()).isEmpty();
        assertThat(state(taskId)).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aTaskThatCrashesTooOftenFailsAsLost() {
        UUID taskId = submitted();
        for (int crash = 1; crash < MAX_CRASHES; crash++) {
            claimed(taskId);
            assertThat(lost(taskId, NODE).changes().getFirst().state()).isEqualTo(TaskState.QUEUED);
        }
        claimed(taskId);
        assertThat(lost(taskId, NODE).changes().getFirst().state()).isEqualTo(TaskState.FAILED);
        TaskResult result = result(taskId);
        assertThat(result.failure().code()).isEqualTo(ErrorCode.LOST);
        assertThat(result.stdout().bytes().isEmpty()).isTrue();
        assertThat(result.attempt()).isEqualTo(MAX_CRASHES);
    }

    @Test
    void theWaitIsCountedFromTheTimeTheAttemptWasDue() {
        UUID taskId = taskIn(TaskState.RETRYING);
        Task waiting = task(taskId);
        ClaimedTask claimed = claimed(taskId);
        Task running = task(taskId);
        long wait = Duration.between(waiting.progress().nextRunAt(), running.progress().startedAt()).toMillis();
        assertThat(claimed.queueMs()).isEqualTo(wait);
        finished(Samples.success(taskId, 2));
        assertThat(result(taskId).queueMs()).isCloseTo(wait, within(1L));
        assertThat(running.progress().startedAt()).isCloseTo(running.progress().updatedAt(), within(0, ChronoUnit.MICROS));
    }
}
