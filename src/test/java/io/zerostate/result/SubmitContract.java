package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Future;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.Submission;
import io.zerostate.postgres.Answers;
import io.zerostate.result.SubmitAnswer.Accepted;
import io.zerostate.result.SubmitAnswer.Known;
import io.zerostate.result.SubmitAnswer.Refused;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Priority;
import io.zerostate.task.Schedule;
import io.zerostate.task.Task;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How tasks are accepted. */
abstract class SubmitContract extends TaskStoreContract {
    private List<SubmitAnswer> submit(Submission... submissions) {
        return Answers.of(store().submit(List.of(submissions)));
    }

    @Test
    void keepsEverythingThatWasAskedFor() {
        Instant runAt = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);
        Submission asked = new Submission(
                Samples.id(), Tenant.DEFAULT_ID, Samples.spec(Samples.id(), Priority.HIGH, runAt), null, Samples.id());
        Task answered = ((Accepted) submit(asked).getFirst()).task();
        Task stored = task(asked.taskId());
        assertThat(stored.spec()).isEqualTo(asked.spec());
        assertThat(stored.rerunOf()).isEqualTo(asked.rerunOf());
        assertThat(stored).as("what was answered is what is stored").isEqualTo(answered);
        assertThat(stored.progress().nextRunAt()).isEqualTo(runAt);
        assertThat(stored.progress().seq()).isEqualTo(1);
        assertThat(stored.state()).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aTaskThatNeedNotWaitIsDueWhenItIsAccepted() {
        Task task = ((Accepted) submit(Samples.submission(Priority.LOW, Schedule.AT_ONCE)).getFirst()).task();
        assertThat(task.spec().schedule().runAt()).isEqualTo(task.createdAt());
        assertThat(task.createdAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(isClaimable(task.id())).isTrue();
    }

    @Test
    void aTaskIsNotClaimedBeforeItsTime() {
        Instant runAt = Instant.now().plus(1, ChronoUnit.HOURS);
        UUID taskId = submitted(Samples.submission(Priority.CRITICAL, runAt));
        ClaimAnswer answer = Answers.of(store().claim(new ClaimTasks(NODE, List.of(taskId))));
        assertThat(answer.claims()).isEmpty();
        assertThat(answer.waiting()).singleElement().satisfies(entry -> {
            assertThat(entry.taskId()).isEqualTo(taskId);
            assertThat(entry.rank()).isEqualTo(Priority.CRITICAL.rank());
            assertThat(entry.runAt()).isEqualTo(runAt.truncatedTo(ChronoUnit.MICROS));
        });
        assertThat(state(taskId)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aBatchIsAnsweredInItsOrder() {
        List<Submission> batch = IntStream.range(0, 1_000)
                .mapToObj(i -> i % 3 == 0 ? Samples.submission("order-" + (1_000 - i), "hash") : Samples.submission())
                .toList();
        List<SubmitAnswer> answers = Answers.of(store().submit(batch));
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isInstanceOf(Accepted.class));
        assertThat(answers.stream().map(answer -> ((Accepted) answer).task().id()))
                .isEqualTo(batch.stream().map(Submission::taskId).toList());
    }

    @Test
    void theSameKeyAndRequestIsTheSameTask() {
        Submission first = Samples.submission("same", "hash");
        submitted(first);
        claimed(first.taskId());
        assertThat(submit(Samples.submission("same", "hash")))
                .containsExactly(new Known(task(first.taskId())));
    }

    @Test
    void theSameKeyWithAnotherRequestIsRefused() {
        submitted(Samples.submission("mismatch", "hash"));
        assertThat(submit(Samples.submission(), Samples.submission("mismatch", "other"), Samples.submission()))
                .satisfiesExactly(
                        answer -> assertThat(answer).isInstanceOf(Accepted.class),
                        answer -> assertThat(((Refused) answer).reason().code())
                                .isEqualTo(ErrorCode.IDEMPOTENCY_MISMATCH),
                        answer -> assertThat(answer).isInstanceOf(Accepted.class));
    }

    @Test
    void ofTheSameKeyInOneBatchTheFirstWins() {
        Submission first = Samples.submission("twice", "hash");
        Submission second = Samples.submission("twice", "hash");
        Submission third = Samples.submission("twice", "other");
        List<SubmitAnswer> answers = submit(first, second, third);
        Task task = ((Accepted) answers.get(0)).task();
        assertThat(task.id()).isEqualTo(first.taskId());
        assertThat(answers.get(1)).isEqualTo(new Known(task));
        assertThat(((Refused) answers.get(2)).reason().code()).isEqualTo(ErrorCode.IDEMPOTENCY_MISMATCH);
    }

    @Test
    void aKeyIsItsTenantsOwn() {
        submitted(Samples.submission("tenants", "hash"));
        Submission other = Samples.submission("tenants", "other");
        Submission foreign = new Submission(other.taskId(), 77, other.spec(), other.idempotency(), null);
        assertThat(submit(foreign)).singleElement().isInstanceOf(Accepted.class);
    }

    @Test
    void sendingASubmissionTwiceStoresOneTask() {
        Submission submission = Samples.submission();
        submitted(submission);
        assertThat(submit(submission)).containsExactly(new Known(task(submission.taskId())));
    }

    @Test
    void aRepetitionIsFoundWithoutStoringWhatIsNone() {
        Submission first = Samples.submission("found", "hash");
        submitted(first);
        Submission fresh = Samples.submission("fresh", "hash");
        List<Optional<SubmitAnswer>> answers = Answers.of(store().findRepeated(List.of(
                fresh,
                Samples.submission("found", "hash"),
                Samples.submission("found", "other"),
                Samples.submission(),
                first)));
        Known known = new Known(task(first.taskId()));
        assertThat(answers.get(0)).isEmpty();
        assertThat(answers.get(1)).contains(known);
        assertThat(((Refused) answers.get(2).orElseThrow()).reason().code()).isEqualTo(ErrorCode.IDEMPOTENCY_MISMATCH);
        assertThat(answers.get(3)).isEmpty();
        assertThat(answers.get(4)).contains(known);
        assertThat(submit(fresh)).singleElement().isInstanceOf(Accepted.class);
    }

    @Test
    void fiftyParallelPostsWithOneKeyMakeOneTask() {
        List<SubmitAnswer> answers = Answers.ofMany(
                        50, () -> store().submit(List.of(Samples.submission("parallel", "hash"))))
                .stream()
                .map(List::getFirst)
                .toList();
        List<Task> accepted = answers.stream()
                .filter(Accepted.class::isInstance)
                .map(answer -> ((Accepted) answer).task())
                .toList();
        assertThat(accepted).hasSize(1);
        assertThat(answers.stream().filter(answer -> !(answer instanceof Accepted)))
                .allSatisfy(answer -> assertThat(((Known) answer).task().id())
                        .isEqualTo(accepted.getFirst().id()));
    }

    @Test
    void parallelBatchesWithTheSameKeysInAnyOrderDoNotStandInEachOthersWay() {
        List<Future<List<SubmitAnswer>>> batches = new ArrayList<>();
        for (int batch = 0; batch < 10; batch++) {
            List<Submission> submissions = new ArrayList<>(IntStream.range(0, 100)
                    .mapToObj(i -> Samples.submission("crossing-" + i, "hash"))
                    .toList());
            batches.add(store().submit(batch % 2 == 0 ? submissions : submissions.reversed()));
        }
        List<SubmitAnswer> answers =
                Answers.ofAll(batches).stream().flatMap(List::stream).toList();
        assertThat(answers.stream().filter(Accepted.class::isInstance)).hasSize(100);
        assertThat(answers.stream().filter(Known.class::isInstance)).hasSize(900);
    }
}
