package io.zerostate.result;

import io.vertx.core.Future;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CancelTask;
import io.zerostate.bus.OfferTasks;
import io.zerostate.bus.PromoteTask;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.StopRun;
import io.zerostate.bus.Submission;
import io.zerostate.bus.SubmitTasks;
import io.zerostate.bus.TaskCancelled;
import io.zerostate.bus.TaskPromoted;
import io.zerostate.bus.TasksSubmitted;
import io.zerostate.bus.TasksSubmitted.Answer;
import io.zerostate.bus.WithdrawTasks;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Priority;
import io.zerostate.task.RefusedException;
import io.zerostate.task.Task;
import io.zerostate.task.TaskState;
import java.util.List;
import java.util.Optional;

/** What clients ask for: accept tasks, cancel them, let them run now. */
final class Acceptance {
    /** A full batch request is one statement. */
    private static final int MAX_ITEMS = 1_000;

    private static final long MAX_BYTES = 8L * 1024 * 1024;

    private final Bus bus;
    private final TaskStore store;
    private final TaskNews news;
    private final Admission admission;
    private final Batcher<Submission, SubmitAnswer> submissions;
    private final Batcher<Submission, Optional<SubmitAnswer>> repeats;

    /** @param loop the event loop on which all calls are made */
    Acceptance(Bus bus, TaskStore store, TaskNews news, Admission admission, Batcher.Loop loop) {
        this.bus = bus;
        this.store = store;
        this.news = news;
        this.admission = admission;
        Batcher.Bounds<Submission> bounds =
                new Batcher.Bounds<>(MAX_ITEMS, MAX_BYTES, s -> s.spec().input().stdin().length());
        this.submissions = new Batcher<>(loop, 0, bounds, this::accept);
        this.repeats = new Batcher<>(loop, 0, bounds, store::findRepeated);
    }

    Future<TasksSubmitted> submit(SubmitTasks request) {
        List<Future<SubmitAnswer>> answers =
                request.submissions().stream().map(this::submit).toList();
        return Future.join(answers).transform(joined -> {
            // Where nothing could be stored for one and the same reason, the request as a whole is refused.
            if (joined.failed() && answers.stream().allMatch(Future::failed)) {
                return Future.failedFuture(joined.cause());
            }
            return Future.succeededFuture(
                    new TasksSubmitted(answers.stream().map(Acceptance::answer).toList()));
        });
    }

    private Future<SubmitAnswer> submit(Submission submission) {
        Failure full = admission.admit(submission.tenantId());
        if (full != null) {
            return repeated(submission).map(known -> known.orElse(new SubmitAnswer.Refused(full)));
        }
        return submissions.add(submission).onComplete(answer -> {
            if (!(answer.result() instanceof SubmitAnswer.Accepted)) {
                admission.giveBack(submission.tenantId());
            }
        });
    }

    /** Who repeats a request gets the same answer, however long the line is. Only a key can tell a repetition. */
    private Future<Optional<SubmitAnswer>> repeated(Submission submission) {
        return submission.idempotency() == null
                ? Future.succeededFuture(Optional.empty())
                : repeats.add(submission);
    }

    private Future<List<SubmitAnswer>> accept(List<Submission> batch) {
        return store.submit(batch).onSuccess(answers -> {
            List<TaskChange> accepted = answers.stream()
                    .filter(SubmitAnswer.Accepted.class::isInstance)
                    .map(SubmitAnswer.Accepted.class::cast)
                    .map(answer -> TaskChange.of(answer.task(), rank(answer.task())))
                    .toList();
            news.changed(accepted);
            offer(accepted.stream().map(TaskChange::queueEntry).toList());
        });
    }

    private static Answer answer(Future<SubmitAnswer> answer) {
        if (answer.failed()) {
            return new Answer(null, failure(answer.cause()));
        }
        return switch (answer.result()) {
            case SubmitAnswer.Accepted(Task task) -> new Answer(task, null);
            case SubmitAnswer.Known(Task task) -> new Answer(task, null);
            case SubmitAnswer.Refused(Failure reason) -> new Answer(null, reason);
        };
    }

    private static Failure failure(Throwable cause) {
        return cause instanceof RefusedException refused
                ? new Failure(refused.code(), refused.detail())
                : new Failure(ErrorCode.INTERNAL, "The task could not be stored");
    }

    Future<TaskCancelled> cancel(CancelTask request) {
        return store.cancel(request.tenantId(), request.taskId()).map(task -> {
            if (task.state() == TaskState.CANCELLED) {
                news.changed(List.of(TaskChange.of(task, rank(task))));
                bus.send(Addresses.QUEUE_WITHDRAW, new WithdrawTasks(List.of(task.id())));
            } else {
                bus.publish(
                        Addresses.RUN_STOP,
                        new StopRun(task.id(), task.progress().attempt(), StopRun.Reason.CANCELLED));
            }
            return new TaskCancelled(task);
        });
    }

    Future<TaskPromoted> promote(PromoteTask request) {
        return store.promote(request.tenantId(), request.taskId()).map(task -> {
            offer(List.of(new QueueEntry(task.id(), Priority.HEAD_OF_LINE, task.progress().nextRunAt())));
            return new TaskPromoted(task);
        });
    }

    /** A hint: the reconciler finds what it does not reach. */
    private void offer(List<QueueEntry> entries) {
        if (!entries.isEmpty()) {
            bus.send(Addresses.QUEUE_OFFER, new OfferTasks(entries));
        }
    }

    private static int rank(Task task) {
        return task.spec().schedule().priority().rank();
    }
}
