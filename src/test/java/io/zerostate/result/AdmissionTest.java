package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.CancelTask;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.LoseTasks;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.SubmitTasks;
import io.zerostate.bus.Submission;
import io.zerostate.bus.TasksSubmitted.Answer;
import io.zerostate.postgres.Answers;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Tenant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long the line may get. */
class AdmissionTest {
    private static final String NODE = "node-1";
    private static final long OTHER_TENANT = 2;

    private final ResultNode node = new ResultNode(5, 3);

    /** What is accepted while the store is counted may be counted twice, until the next count. */
    @BeforeEach
    void awaitTheCountOfTheStart() {
        Promise<Void> counted = Promise.promise();
        node.vertx.setPeriodic(5, timer -> {
            if (node.statements("count_unfinished") > 0) {
                node.vertx.cancelTimer(timer);
                counted.complete();
            }
        });
        Answers.of(counted.future());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static Submission of(long tenantId) {
        Submission sample = Samples.submission();
        return new Submission(sample.taskId(), tenantId, sample.spec(), null, null);
    }

    private List<Answer> submit(Submission... submissions) {
        return Answers.of(node.bus.request(Addresses.TASK_SUBMIT, new SubmitTasks(List.of(submissions)))).answers();
    }

    private List<Answer> submit(int count, long tenantId) {
        return submit(Stream.generate(() -> of(tenantId)).limit(count).toArray(Submission[]::new));
    }

    private UUID accepted() {
        Answer answer = submit(Samples.submission()).getFirst();
        assertThat(answer.refusal()).isNull();
        return answer.task().id();
    }

    private Failure refused(long tenantId) {
        Answer answer = submit(of(tenantId)).getFirst();
        assertThat(answer.task()).isNull();
        return answer.refusal();
    }

    private void claim(UUID taskId) {
        assertThat(Answers.of(node.bus.request(Addresses.TASK_CLAIM, new ClaimTasks(NODE, List.of(taskId)))).tasks())
                .hasSize(1);
    }

    @Test
    void aTenantHasItsOwnBound() {
        assertThat(submit(3, Tenant.DEFAULT_ID)).allSatisfy(answer -> assertThat(answer.task()).isNotNull());
        assertThat(refused(Tenant.DEFAULT_ID))
                .isEqualTo(new Failure(
                        ErrorCode.TOO_MANY_REQUESTS,
                        "You have as many tasks waiting or running as may be: queue.max_unfinished_per_tenant is 3."));
        assertThat(submit(1, OTHER_TENANT).getFirst().refusal()).isNull();
    }

    @Test
    void allTenantsShareOneBound() {
        submit(3, Tenant.DEFAULT_ID);
        submit(2, OTHER_TENANT);
        assertThat(refused(3))
                .isEqualTo(new Failure(
                        ErrorCode.TOO_MANY_REQUESTS,
                        "All tenants together have as many tasks waiting or running as may be: queue.max_unfinished is 5."));
    }

    @Test
    void whatIsRefusedIsNotStored() {
        submit(10, Tenant.DEFAULT_ID);
        submit(10, OTHER_TENANT);
        assertThat(Answers.of(node.store.countUnfinished()))
                .containsOnly(Map.entry(Tenant.DEFAULT_ID, 3L), Map.entry(OTHER_TENANT, 2L));
    }

    @Test
    void ofABatchTheFirstOnesAreAcceptedAndEachOtherHasItsRefusal() {
        List<Answer> answers = submit(5, Tenant.DEFAULT_ID);
        assertThat(answers.subList(0, 3)).allSatisfy(answer -> assertThat(answer.task()).isNotNull());
        assertThat(answers.subList(3, 5))
                .allSatisfy(answer -> assertThat(answer.refusal().code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
    }

    @Test
    void whoRepeatsAnAcceptedRequestStillGetsItsTask() {
        Submission first = Samples.submission("key", "hash");
        submit(first, Samples.submission(), Samples.submission());
        refused(Tenant.DEFAULT_ID);
        List<Answer> answers = submit(
                Samples.submission("key", "hash"), Samples.submission("key", "other"), Samples.submission("new", "hash"));
        assertThat(answers.get(0).task().id()).isEqualTo(first.taskId());
        assertThat(answers.get(1).refusal().code()).isEqualTo(ErrorCode.IDEMPOTENCY_MISMATCH);
        assertThat(answers.get(2).refusal().code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    }

    @Test
    void aRepetitionTakesNoPlace() {
        submit(Samples.submission("key", "hash"));
        for (int i = 0; i < 10; i++) {
            submit(Samples.submission("key", "hash"));
        }
        accepted();
        accepted();
        refused(Tenant.DEFAULT_ID);
    }

    @Test
    void aPlaceIsFreeAsSoonAsATaskHasEnded() {
        UUID finished = accepted();
        UUID cancelled = accepted();
        UUID lost = accepted();
        claim(finished);
        Answers.of(node.bus.request(Addresses.TASK_FINISH, Samples.success(finished, 1)));
        accepted();
        refused(Tenant.DEFAULT_ID);
        Answers.of(node.bus.request(Addresses.TASK_CANCEL, new CancelTask(Tenant.DEFAULT_ID, cancelled)));
        accepted();
        refused(Tenant.DEFAULT_ID);
        for (int attempt = 1; attempt <= 3; attempt++) {
            refused(Tenant.DEFAULT_ID);
            claim(lost);
            Answers.of(node.bus.request(Addresses.TASK_LOSE, new LoseTasks(List.of(new LostLease(lost, NODE, attempt)))));
        }
        accepted();
    }

    @Test
    void whatOtherNodesAcceptedAndEndedIsCountedSoon() {
        Submission one = of(OTHER_TENANT);
        Answers.of(node.store.submit(List.of(one, of(OTHER_TENANT), of(OTHER_TENANT))));
        accepted();
        awaitCount();
        refused(OTHER_TENANT);

        Answers.of(node.store.cancel(OTHER_TENANT, one.taskId()));
        awaitCount();
        assertThat(submit(1, OTHER_TENANT).getFirst().refusal()).isNull();
    }

    /** Waits until the store was counted, from now on. The count that may be under way now does not tell. */
    private void awaitCount() {
        double enough = node.statements("count_unfinished") + 2;
        Promise<Void> counted = Promise.promise();
        node.vertx.setPeriodic(20, timer -> {
            if (node.statements("count_unfinished") >= enough) {
                node.vertx.cancelTimer(timer);
                counted.complete();
            } else {
                // Only where something is asked for it matters how long the line is.
                node.bus.request(Addresses.TASK_SUBMIT, new SubmitTasks(List.of(Samples.submission("probe", "hash"))));
            }
        });
        Answers.of(counted.future());
    }

    @Test
    void countingDoesNotGoAlongWithEachSubmission() {
        for (int i = 0; i < 200; i++) {
            submit(Samples.submission());
        }
        assertThat(node.statements("count_unfinished")).isLessThan(20);
        assertThat(node.statements("find_repeated")).isZero();
        assertThat(node.statements("submit")).isEqualTo(3);
    }
}
