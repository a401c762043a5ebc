package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CancelTask;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.ListTasks;
import io.zerostate.bus.PromoteTask;
import io.zerostate.bus.TaskFound;
import io.zerostate.bus.TaskPromoted;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import io.zerostate.task.Task;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looking at tasks, running them now and cancelling them. */
final class TaskRoutes {

    static final int DEFAULT_PAGE = 50;

    private final Bus bus;
    private final AgentLookup agents;
    private final Submitter submitter;

    TaskRoutes(Bus bus, AgentLookup agents, Submitter submitter) {
        this.bus = bus;
        this.agents = agents;
        this.submitter = submitter;
    }

    void bind(Operations operations) {
        operations.on("listTasks", this::list);
        operations.on("getTask", this::show);
        operations.on("getTaskStatus", this::status);
        operations.on("getTaskInput", this::input);
        operations.on("cancelTask", this::cancel);
        operations.on("executeTask", this::execute);
    }

    private void list(RoutingContext context) {
        ValidRequest request = ValidRequest.of(context);
        int limit = request.integer("limit", DEFAULT_PAGE);
        UUID before = Cursor.decode(request.string("cursor"));
        Instant after = time(request, "created_after");
        Instant until = time(request, "created_before");
        agentId(request)
                .map(agent -> new ListTasks.Filter(state(request), agent, failureKind(request), after, until))
                .compose(filter ->
                        bus.request(Addresses.TASK_LIST, new ListTasks(Tenant.DEFAULT_ID, filter, before, limit)))
                .map(page -> PageJson.page(page.tasks(), TaskJson::task, Cursor.after(page.tasks(), limit, Task::id)))
                .onComplete(body -> Answer.json(context, 200, body), context::fail);
    }

    private void show(RoutingContext context) {
        find(TaskId.of(context))
                .map(found -> TaskJson.task(found.task(), found.attempts()))
                .onComplete(body -> Answer.json(context, 200, body), context::fail);
    }

    private void status(RoutingContext context) {
        find(TaskId.of(context))
                .map(found -> TaskJson.status(found.task()))
                .onComplete(body -> Answer.json(context, 200, body), context::fail);
    }

    private void input(RoutingContext context) {
        find(TaskId.of(context))
                .map(found -> Buffer.buffer(found.task().spec().input().stdin().array()))
                .onComplete(bytes -> Answer.bytes(context, ContentType.OCTET_STREAM, bytes), context::fail);
    }

    private void cancel(RoutingContext context) {
        bus.request(Addresses.TASK_CANCEL, new CancelTask(Tenant.DEFAULT_ID, TaskId.of(context)))
                .onComplete(cancelled -> {
                    int status = cancelled.task().state().isTerminal() ? 200 : 202;
                    Answer.json(context, status, TaskJson.task(cancelled.task()));
                }, context::fail);
    }

    private void execute(RoutingContext context) {
        UUID id = TaskId.of(context);
        bus.request(Addresses.TASK_PROMOTE, new PromoteTask(Tenant.DEFAULT_ID, id))
                .map(TaskPromoted::task)
                .recover(failure -> isFinished(failure) ? rerun(id) : Future.failedFuture(failure))
                .onComplete(task -> SubmitRoutes.accepted(context, task), context::fail);
    }

    private Future<Task> rerun(UUID id) {
        return find(id).compose(found -> submitter.prepareRerun(found.task())).compose(submitter::submit);
    }

    private static boolean isFinished(Throwable failure) {
        return failure instanceof RefusedException refused && refused.code() == ErrorCode.TASK_FINISHED;
    }

    private Future<TaskFound> find(UUID id) {
        return bus.request(Addresses.TASK_FIND, new FindTask(Tenant.DEFAULT_ID, id));
    }

    private Future<@Nullable UUID> agentId(ValidRequest request) {
        String agent = request.string("agent_id");
        return agent == null ? Future.succeededFuture() : agents.findId(agent);
    }

    private static @Nullable TaskState state(ValidRequest request) {
        String state = request.string("status");
        return state == null ? null : TaskState.ofWireName(state);
    }

    private static @Nullable ErrorCode failureKind(ValidRequest request) {
        String kind = request.string("failure_kind");
        return kind == null ? null : ErrorCode.ofKind(kind);
    }

    private static @Nullable Instant time(ValidRequest request, String name) {
        String text = request.string(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.invalidParameter(name, "must be a date-time with an offset, such as 2026-01-31T12:00:00Z")
                    .exception();
        }
    }
}
