package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.FindResult;
import io.zerostate.bus.ListResults;
import io.zerostate.bus.ResultFound;
import io.zerostate.bus.ResultPage;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.TaskResult;
import io.zerostate.task.Tenant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What finished tasks left behind. */
final class ResultRoutes {

    private final Bus bus;
    private final AgentLookup agents;

    ResultRoutes(Bus bus, AgentLookup agents) {
        this.bus = bus;
        this.agents = agents;
    }

    void bind(Operations operations) {
        operations.on("listResults", this::list);
        operations.on("getTaskResult", this::show);
        operations.on("getTaskStdout", context -> output(context, TaskResult::stdout));
        operations.on("getTaskStderr", context -> output(context, TaskResult::stderr));
    }

    private void show(RoutingContext context) {
        find(context).onComplete(result -> {
            if (ResultJson.outputBytes(result) < ResultJson.LARGE_BYTES) {
                Answer.json(context, 200, ResultJson.result(result));
            } else {
                Answer.largeJson(context, 200, () -> ResultJson.result(result));
            }
        }, context::fail);
    }

    private void output(RoutingContext context, Function<TaskResult, CapturedOutput> stream) {
        find(context).map(stream).onComplete(output -> {
            context.response().putHeader("X-Truncated", Boolean.toString(output.truncated()));
            Answer.bytes(context, ContentType.OCTET_STREAM, Buffer.buffer(output.bytes().array()));
        }, context::fail);
    }

    private Future<TaskResult> find(RoutingContext context) {
        return bus.request(Addresses.RESULT_FIND, new FindResult(Tenant.DEFAULT_ID, TaskId.of(context)))
                .map(ResultFound::result);
    }

    private void list(RoutingContext context) {
        ValidRequest request = ValidRequest.of(context);
        int limit = request.integer("limit", TaskRoutes.DEFAULT_PAGE);
        UUID before = Cursor.decode(request.string("cursor"));
        String agent = request.string("agent_id");
        Future<@Nullable UUID> agentId = agent == null ? Future.succeededFuture() : agents.findId(agent);
        agentId.compose(id -> bus.request(Addresses.RESULT_LIST, new ListResults(Tenant.DEFAULT_ID, id, before, limit)))
                .map(ResultPage::results)
                .onComplete(page -> Answer.largeJson(context, 200, () -> page(page, limit)), context::fail);
    }

    private static JsonObject page(List<TaskResult> results, int limit) {
        return PageJson.page(results, ResultJson::result, Cursor.after(results, limit, TaskResult::taskId));
    }
}
