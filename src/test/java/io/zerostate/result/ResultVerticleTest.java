package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AttemptFinished;
import io.zerostate.bus.CancelTask;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.FindAttempts;
import io.zerostate.bus.FindResult;
import io.zerostate.bus.FindRunning;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.FindWaiting;
import io.zerostate.bus.HandBackTask;
import io.zerostate.bus.LoseTasks;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.PromoteTask;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.RunningFound;
import io.zerostate.bus.StopRun;
import io.zerostate.bus.Submission;
import io.zerostate.bus.SubmitTasks;
import io.zerostate.bus.TakeReconcileTurn;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TasksSubmitted;
import io.zerostate.bus.TasksSubmitted.Answer;
import io.zerostate.bus.WithdrawTasks;
import io.zerostate.postgres.Answers;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Labels;
import io.zerostate.task.Priority;
import io.zerostate.task.RefusedException;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked of tasks over a real bus, and what everybody hears of it. */
class ResultVerticleTest {
    private static final String NODE = "node-1";
    private static ResultNode node;

    @BeforeAll
    static void start() {
        node = new ResultNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static List<Answer> submit(Submission... submissions) {
        return Answers.of(node.bus.request(Addresses.TASK_SUBMIT, new SubmitTasks(List.of(submissions)))).answers();
    }

    private static UUID submitted() {
        Submission submission = Samples.submission();
        assertThat(submit(submission).getFirst().refusal()).isNull();
        return submission.taskId();
    }

    private static UUID running() {
        UUID taskId = submitted();
        claim(taskId);
        return taskId;
    }

    private static void claim(UUID taskId) {
        assertThat(Answers.of(node.bus.request(Addresses.TASK_CLAIM, new ClaimTasks(NODE, List.of(taskId)))).tasks())
                .hasSize(1);
    }

    private static TaskState state(UUID taskId) {
        return Answers.of(node.bus.request(Addresses.TASK_FIND, new FindTask(Tenant.DEFAULT_ID, taskId)))
                .task()
                .state();
    }

    @Test
    void everyChangeOfATaskIsToldOnceAndInOrder() {
        UUID taskId = running();
        Answers.of(node.bus.request(Addresses.TASK_FINISH, Samples.retry(taskId, 1, Duration.ZERO)));
        claim(taskId);
        Answers.of(node.bus.request(Addresses.TASK_HAND_BACK, new HandBackTask(taskId, 2)));
        claim(taskId);
        Answers.of(node.bus.request(Addresses.TASK_LOSE, new LoseTasks(List.of(new LostLease(taskId, NODE, 3)))));
        claim(taskId);
        Answers.of(node.bus.request(Addresses.TASK_FINISH, Samples.success(taskId, 4)));
        List<TaskEvent.Changed> events = node.eventsUntil(taskId, TaskState.COMPLETED);
        assertThat(events).extracting(TaskEvent.Changed::seq).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(events)
                .extracting(TaskEvent.Changed::state)
                .containsExactly(
                        TaskState.QUEUED,
                        TaskState.RUNNING,
                        TaskState.RETRYING,
                        TaskState.RUNNING,
                        TaskState.QUEUED,
                        TaskState.RUNNING,
                        TaskState.QUEUED,
                        TaskState.RUNNING,
                        TaskState.COMPLETED);
        assertThat(events)
                .extracting(TaskEvent.Changed::failure)
                .containsExactly(null, null, ErrorCode.EXIT, null, null, null, ErrorCode.LOST, null, null);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.query()).isEqualTo("count my words");
            assertThat(event.message()).isNotBlank();
        });
    }

    @Test
    void anAcceptedTaskIsOfferedToTheQueue() {
        UUID taskId = submitted();
        assertThat(node.offer(taskId).rank()).isEqualTo(Priority.NORMAL.rank());
    }

    @Test
    void aRepeatedRequestIsNeitherOfferedNorToldAgain() {
        Submission first = Samples.submission("verticle", "hash");
        Submission second = Samples.submission("verticle", "hash");
        submit(first);
        assertThat(submit(second).getFirst().task().id()).isEqualTo(first.taskId());
        UUID next = submitted();
        assertThat(node.offer(next)).isNotNull();
        assertThat(node.offeredBefore(next)).doesNotContain(second.taskId());
        assertThat(node.eventsUntil(first.taskId(), TaskState.QUEUED)).hasSize(1);
    }

    @Test
    void aThousandTasksAreOneStatement() {
        double before = node.statements("submit");
        Submission[] batch = Stream.generate(Samples::submission).limit(1_000).toArray(Submission[]::new);
        assertThat(submit(batch)).extracting(answer -> answer.task().id())
                .containsExactly(Stream.of(batch).map(Submission::taskId).toArray(UUID[]::new));
        assertThat(node.statements("submit") - before).isEqualTo(1);
    }

    @Test
    void reportsThatArriveTogetherShareStatements() {
        List<UUID> ids = Stream.generate(ResultVerticleTest::submitted).limit(200).toList();
        Answers.of(node.bus.request(Addresses.TASK_CLAIM, new ClaimTasks(NODE, ids)));
        double before = node.statements("finish");
        List<Future<AttemptFinished>> reports = ids.stream()
                .map(id -> node.bus.request(Addresses.TASK_FINISH, Samples.success(id, 1)))
                .toList();
        assertThat(Answers.ofAll(reports)).allSatisfy(report -> assertThat(report.accepted()).isTrue());
        assertThat(node.statements("finish") - before).isLessThan(100);
    }

    @Test
    void aTaskThatCannotBeStoredDoesNotRefuseItsNeighbours() {
        TaskSpec sound = Samples.submission().spec();
        TaskSpec broken = new TaskSpec(
                sound.program(), sound.input(), sound.limits(), sound.schedule(), sound.retry(), new Labels("", "{not json"));
        List<Answer> answers = submit(Samples.submission(), Samples.of(broken), Samples.submission());
        assertThat(answers.get(0).task()).isNotNull();
        assertThat(answers.get(1).refusal().code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(answers.get(2).task()).isNotNull();
    }

    @Test
    void aCancelledWaitingTaskIsWithdrawn() {
        UUID taskId = submitted();
        assertThat(Answers.of(node.bus.request(Addresses.TASK_CANCEL, new CancelTask(Tenant.DEFAULT_ID, taskId)))
                        .task()
                        .state())
                .isEqualTo(TaskState.CANCELLED);
        assertThat(node.withdrawals.next(news -> news.taskIds().contains(taskId)))
                .isEqualTo(new WithdrawTasks(List.of(taskId)));
        assertThat(node.eventsUntil(taskId, TaskState.CANCELLED)).extracting(TaskEvent.Changed::seq).containsExactly(1, 2);
    }

    @Test
    void aCancelledRunIsStoppedOnItsNode() {
        UUID taskId = running();
        assertThat(Answers.of(node.bus.request(Addresses.TASK_CANCEL, new CancelTask(Tenant.DEFAULT_ID, taskId)))
                        .task()
                        .state())
                .isEqualTo(TaskState.RUNNING);
        assertThat(node.stops.next(stop -> stop.taskId().equals(taskId)))
                .isEqualTo(new StopRun(taskId, 1, StopRun.Reason.CANCELLED));
        AttemptFinished end = Answers.of(node.bus.request(Addresses.TASK_FINISH, Samples.success(taskId, 1)));
        assertThat(end.accepted()).isTrue();
        assertThat(end.state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void aStaleReportIsRefusedCountedAndNotTold() {
        UUID taskId = running();
        Answers.of(node.bus.request(Addresses.TASK_FINISH, Samples.failure(taskId, 1)));
        double before = node.meters.get("zerostate.tasks.finishes.stale").counter().count();
        AttemptFinished late = Answers.of(node.bus.request(Addresses.TASK_FINISH, Samples.success(taskId, 1)));
        assertThat(late.accepted()).isFalse();
        assertThat(late.state()).isEqualTo(TaskState.FAILED);
        assertThat(node.meters.get("zerostate.tasks.finishes.stale").counter().count()).isEqualTo(before + 1);
        assertThat(state(taskId)).isEqualTo(TaskState.FAILED);
    }

    @Test
    void aPromotedTaskIsOfferedAtTheHeadOfTheLine() {
        UUID taskId = submitted();
        node.offer(taskId);
        Answers.of(node.bus.request(Addresses.TASK_PROMOTE, new PromoteTask(Tenant.DEFAULT_ID, taskId)));
        assertThat(node.offer(taskId).rank()).isEqualTo(Priority.HEAD_OF_LINE);
    }

    @Test
    void lostTasksGoBackToWhoReportedThem() {
        UUID taskId = running();
        LoseTasks lost = new LoseTasks(List.of(new LostLease(taskId, NODE, 1)));
        assertThat(Answers.of(node.bus.request(Addresses.TASK_LOSE, lost)).entries())
                .extracting(QueueEntry::taskId)
                .containsExactly(taskId);
    }

    @Test
    void theReconcilersQuestionsAreAnswered() {
        UUID waiting = submitted();
        UUID running = running();
        assertThat(Answers.of(node.bus.request(Addresses.TASK_WAITING, new FindWaiting(null, 10_000))).entries())
                .extracting(QueueEntry::taskId)
                .contains(waiting);
        assertThat(Answers.of(node.bus.request(Addresses.TASK_RUNNING, new FindRunning(null, 10_000))).tasks())
                .anySatisfy(task -> assertThat(task.taskId()).isEqualTo(running));
        assertThat(Answers.of(node.bus.request(Addresses.TASK_ATTEMPTS, new FindAttempts(List.of(waiting, running)))).tasks())
                .containsExactly(new RunningFound.RunningTask(running, 1, NODE));
        assertThat(Answers.of(node.bus.request(Addresses.RECONCILE_TURN, new TakeReconcileTurn())).ours()).isTrue();
    }

    @Test
    void withoutPostgresEveryRequestIsRefusedAsUnavailableUntilItIsBack() {
        UUID taskId = running();
        node.database.cut();
        try {
            FindTask find = new FindTask(Tenant.DEFAULT_ID, taskId);
            assertThat(Answers.refusalOf(node.bus.request(Addresses.TASK_FIND, find))).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(Answers.refusalOf(node.bus.request(
                            Addresses.TASK_SUBMIT, new SubmitTasks(List.of(Samples.submission(), Samples.submission())))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(Answers.refusalOf(node.bus.request(Addresses.TASK_FINISH, Samples.success(taskId, 1))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(Answers.refusalOf(
                            node.bus.request(Addresses.RESULT_FIND, new FindResult(Tenant.DEFAULT_ID, taskId))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(node.health().up()).isFalse();
        } finally {
            node.database.restore();
        }
        assertThat(node.health().up()).isTrue();
        assertThat(Answers.of(node.bus.request(Addresses.TASK_FINISH, Samples.success(taskId, 1))).state())
                .isEqualTo(TaskState.COMPLETED);
    }

    @Test
    void aConnectionThatBreaksUnderAStatementIsNoFaultOfTheNode() {
        List<Future<TasksSubmitted>> requests = Stream.generate(() -> node.bus.request(
                        Addresses.TASK_SUBMIT, new SubmitTasks(List.of(Samples.submission()))))
                .limit(50)
                .toList();
        node.database.cut();
        node.database.restore();
        for (Future<TasksSubmitted> request : requests) {
            Throwable failure = catchThrowable(() -> Answers.of(request));
            if (failure != null) {
                assertThat(failure)
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            }
        }
        assertThat(state(submitted())).isEqualTo(TaskState.QUEUED);
    }
}
