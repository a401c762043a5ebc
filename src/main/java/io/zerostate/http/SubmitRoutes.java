package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.FindResult;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.ResultFound;
import io.zerostate.bus.Submission;
import io.zerostate.bus.TaskFound;
import io.zerostate.task.Task;
import io.zerostate.task.Tenant;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Submission of one task, with or without waiting for its end. */
final class SubmitRoutes {

    private final Bus bus;
    private final Submitter submitter;
    private final TaskWaiters waiters;

    SubmitRoutes(Bus bus, Submitter submitter, TaskWaiters waiters) {
        this.bus = bus;
        this.submitter = submitter;
        this.waiters = waiters;
    }

    void bind(Operations operations) {
        operations.on("submitTask", this::submit);
    }

    private void submit(RoutingContext context) {
        ValidRequest request = ValidRequest.of(context);
        Duration wait = WaitTime.parse(request.string("wait"));
        UUID id = submitter.newId();
        Submission.Idempotency idempotency = idempotency(request.string("Idempotency-Key"), context.body().buffer());
        Future<Submission> submission = submitter.prepare(id, new NewTask(request.object()), idempotency);
        if (wait.isZero()) {
            submission.compose(submitter::submit).onComplete(task -> accepted(context, task), context::fail);
            return;
        }
        // Before the task is stored: its end may be known before its acceptance has come back.
        TaskWaiters.Waiter waiter = waiters.await(id, wait);
        context.addEndHandler(overOrGone -> waiter.cancel());
        submission.compose(submitter::submit)
                .onFailure(refused -> waiter.cancel())
                .onComplete(task -> stored(context, task, waiter, wait), context::fail);
    }

    private void stored(RoutingContext context, Task task, TaskWaiters.Waiter waiter, Duration wait) {
        if (task.state().isTerminal()) {
            waiter.cancel();
            ended(context, task.id());
        } else if (waiter.isFor(task.id())) {
            waiter.ended().onSuccess(ended -> answer(context, task, ended));
        } else {
            waiter.cancel();
            awaitOlder(context, task, wait);
        }
    }

    /** The idempotency key brought back a task that is older than this request. */
    private void awaitOlder(RoutingContext context, Task task, Duration wait) {
        TaskWaiters.Waiter waiter = waiters.await(task.id(), wait);
        context.addEndHandler(overOrGone -> waiter.cancel());
        waiter.ended().onSuccess(ended -> answer(context, task, ended));
        // Its end may have been announced before this request began to listen.
        find(task.id()).onSuccess(found -> {
            if (found.task().state().isTerminal()) {
                waiter.end();
            }
        });
    }

    private void answer(RoutingContext context, Task task, boolean ended) {
        if (ended) {
            ended(context, task.id());
        } else if (!context.response().closed()) {
            find(task.id()).onComplete(found -> accepted(context, found.task()), context::fail);
        }
    }

    private void ended(RoutingContext context, UUID id) {
        Future<TaskFound> task = find(id);
        Future<ResultFound> result = bus.request(Addresses.RESULT_FIND, new FindResult(Tenant.DEFAULT_ID, id));
        Future.all(task, result).onComplete(both -> {
            context.response().putHeader("Location", location(id));
            JsonObject body = TaskJson.task(task.result().task(), task.result().attempts());
            if (ResultJson.outputBytes(result.result().result()) < ResultJson.LARGE_BYTES) {
                Answer.json(context, 200, body.put("result", ResultJson.result(result.result().result())));
            } else {
                Answer.largeJson(context, 200, () -> body.put("result", ResultJson.result(result.result().result())));
            }
        }, context::fail);
    }

    private Future<TaskFound> find(UUID id) {
        return bus.request(Addresses.TASK_FIND, new FindTask(Tenant.DEFAULT_ID, id));
    }

    static void accepted(RoutingContext context, Task task) {
        context.response().putHeader("Location", location(task.id()));
        Answer.json(context, 202, TaskJson.task(task));
    }

    private static String location(UUID id) {
        return "/api/v1/tasks/" + id;
    }

    private static Submission.@Nullable Idempotency idempotency(@Nullable String key, Buffer body) {
        if (key == null) {
            return null;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
            return new Submission.Idempotency(key, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
