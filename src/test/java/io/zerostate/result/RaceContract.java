package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.Submission;
import io.zerostate.postgres.Answers;
import io.zerostate.result.FinishAnswer.Stored;
import io.zerostate.task.Task;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Steps that meet: each task goes one way only. */
abstract class RaceContract extends TaskStoreContract {
    private static final int ROUNDS = 60;

    private List<UUID> submitted(int count) {
        List<Submission> batch = Stream.generate(Samples::submission).limit(count).toList();
        Answers.of(store().submit(batch));
        return batch.stream().map(Submission::taskId).toList();
    }

    private List<UUID> running(int count) {
        List<UUID> ids = submitted(count);
        assertThat(Answers.of(store().claim(new ClaimTasks(NODE, ids))).claims()).hasSize(count);
        return ids;
    }

    @Test
    void parallelClaimsShareTheTasks() {
        List<UUID> ids = submitted(200);
        List<ClaimAnswer> answers = Answers.ofMany(8, () -> {
            List<UUID> shuffled = new ArrayList<>(ids);
            Collections.shuffle(shuffled, new Random(shuffled.hashCode()));
            return store().claim(new ClaimTasks(NODE, shuffled));
        });
        List<UUID> claimed = answers.stream()
                .flatMap(answer -> answer.claims().stream())
                .map(claim -> claim.task().taskId())
                .toList();
        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void ofManyReportsOfOneAttemptOneIsStored() {
        for (UUID taskId : running(ROUNDS)) {
            List<FinishAnswer> answers = Answers.ofMany(
                            6,
                            () -> store().finish(List.of(
                                    taskId.hashCode() % 2 == 0 ? Samples.success(taskId, 1) : Samples.failure(taskId, 1))))
                    .stream()
                    .map(List::getFirst)
                    .toList();
            assertThat(answers.stream().filter(Stored.class::isInstance)).hasSize(1);
        }
    }

    @Test
    void parallelBatchesOfTheSameReportsDoNotStandInEachOthersWay() {
        List<UUID> ids = running(200);
        List<Future<List<FinishAnswer>>> batches = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<UUID> order = i % 2 == 0 ? ids : ids.reversed();
            batches.add(store().finish(
                    order.stream().map(id -> Samples.success(id, 1)).toList()));
        }
        assertThat(Answers.ofAll(batches).stream().flatMap(List::stream).filter(Stored.class::isInstance))
                .hasSize(200);
    }

    @Test
    void acknowledgedCancelsHoldAgainstReportsOfSuccess() {
        for (UUID taskId : running(ROUNDS)) {
            Future<List<FinishAnswer>> finish = store().finish(List.of(Samples.success(taskId, 1)));
            Future<Task> cancel = store().cancel(Tenant.DEFAULT_ID, taskId);
            TaskChange end = ((Stored) Answers.of(finish).getFirst()).change();
            boolean acknowledged = Answers.of(cancel.transform(answer -> Future.succeededFuture(answer.succeeded())));
            assertThat(end.state()).isEqualTo(acknowledged ? TaskState.CANCELLED : TaskState.COMPLETED);
            assertThat(state(taskId)).isEqualTo(end.state());
        }
    }

    @Test
    void aTaskIsCancelledOrClaimedButNotBoth() {
        for (UUID taskId : submitted(ROUNDS)) {
            Future<ClaimAnswer> claim = store().claim(new ClaimTasks(NODE, List.of(taskId)));
            Task cancelled = Answers.of(store().cancel(Tenant.DEFAULT_ID, taskId));
            boolean claimed = !Answers.of(claim).claims().isEmpty();
            assertThat(cancelled.state()).isEqualTo(claimed ? TaskState.RUNNING : TaskState.CANCELLED);
        }
    }

    @Test
    void aTaskIsLostOrFinishedButNotBoth() {
        for (UUID taskId : running(ROUNDS)) {
            Future<LoseAnswer> lose = store().lose(List.of(new LostLease(taskId, NODE, 1)), MAX_CRASHES);
            Future<List<FinishAnswer>> finish = store().finish(List.of(Samples.success(taskId, 1)));
            boolean lost = !Answers.of(lose).changes().isEmpty();
            boolean stored = Answers.of(finish).getFirst() instanceof Stored;
            assertThat(stored).isNotEqualTo(lost);
            assertThat(state(taskId)).isEqualTo(lost ? TaskState.QUEUED : TaskState.COMPLETED);
        }
    }

    @Test
    void ofManyReapersOfOneLeaseOneCountsTheCrash() {
        List<UUID> ids = running(ROUNDS);
        List<LostLease> leases = ids.stream().map(id -> new LostLease(id, NODE, 1)).toList();
        List<LoseAnswer> answers = Answers.ofMany(6, () -> {
            List<LostLease> shuffled = new ArrayList<>(leases);
            Collections.shuffle(shuffled, new Random(shuffled.hashCode()));
            return store().lose(shuffled, MAX_CRASHES);
        });
        assertThat(answers.stream().flatMap(answer -> answer.changes().stream()).map(TaskChange::taskId))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids).allSatisfy(id -> assertThat(task(id).progress().crashes()).isEqualTo(1));
    }

    @Test
    void aTaskIsLostOrHandedBackButNotBoth() {
        for (UUID taskId : running(ROUNDS)) {
            Future<LoseAnswer> lose = store().lose(List.of(new LostLease(taskId, NODE, 1)), MAX_CRASHES);
            Future<FinishAnswer> handBack = store().handBack(taskId, 1);
            boolean lost = !Answers.of(lose).changes().isEmpty();
            assertThat(Answers.of(handBack) instanceof Stored).isNotEqualTo(lost);
            Task task = task(taskId);
            assertThat(task.state()).isEqualTo(TaskState.QUEUED);
            assertThat(task.progress().crashes()).isEqualTo(lost ? 1 : 0);
            assertThat(task.progress().seq()).as("of one event").isEqualTo(3);
        }
    }

    @Test
    void aTaskThatIsPromotedWhileItIsClaimedIsNotForgotten() {
        for (UUID taskId : submitted(ROUNDS)) {
            Future<Task> promote = store().promote(Tenant.DEFAULT_ID, taskId);
            ClaimAnswer answer = Answers.of(store().claim(new ClaimTasks(NODE, List.of(taskId))));
            assertThat(answer.claims().size() + answer.waiting().size()).isEqualTo(1);
            Answers.of(promote.transform(ignored -> Future.succeededFuture()));
        }
    }
}
