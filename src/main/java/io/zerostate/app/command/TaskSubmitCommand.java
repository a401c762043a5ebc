package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "submit",
        description = {
            "Submits a task and prints its id.",
            "With --wait or --follow, writes what the task wrote instead, and exits with 0 only if the task completed."
        })
final class TaskSubmitCommand extends ClientCommand {
    /** Output is not sent again to who comes late: the task starts when this command listens. */
    private static final long HEAD_START_MS = 250;

    @Mixin
    private NewTaskOptions task;

    @Option(names = "--wait", description = "Wait until the task has ended, then write its output.")
    private boolean wait;

    @Option(names = "--follow", description = "Write the task's output as it comes, until it has ended.")
    private boolean follow;

    @Override
    int run(ApiClient client) throws ApiException, CommandFailedException {
        JsonObject body = task.body();
        if (follow && !body.containsKey("delay_ms")) {
            body.put("delay_ms", HEAD_START_MS);
        }
        JsonObject submitted = client.post("api/v1/tasks", body, task.headers());
        String id = submitted.getString("id");
        if (!wait && !follow) {
            return show(submitted, id);
        }
        TaskFollower follower = new TaskFollower(client, id);
        if (wantsJson()) {
            follower.events(event -> {
                if (follow) {
                    print(event.encode());
                }
            });
        } else if (follow) {
            follower.output(streams(), this::progress);
        } else {
            follower.events(event -> progress(event.getString("message")));
            follower.storedOutput(streams());
        }
        return conclude(client, id);
    }

    /** For people only: in a pipe, stderr is what the task wrote there. */
    private void progress(@Nullable String state) {
        if (Terminal.isStderr() && state != null) {
            streams().err().println(Table.oneLine(state));
        }
    }

    private int conclude(ApiClient client, String id) throws ApiException, CommandFailedException {
        JsonObject ended = client.get("api/v1/tasks/" + id);
        if (wantsJson()) {
            print(ended.put("result", client.get("api/v1/tasks/" + id + "/result")).encode());
        }
        if ("completed".equals(ended.getString("status"))) {
            return ExitCode.OK;
        }
        throw new CommandFailedException("task " + id + ": " + Table.oneLine(ended.getString("message", ended.getString("status"))));
    }
}
