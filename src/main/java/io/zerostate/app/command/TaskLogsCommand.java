package io.zerostate.app.command;

import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Writes what a task wrote: its stdout to stdout, its stderr to stderr.")
final class TaskLogsCommand extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "The task's id.")
    private String id;

    @Option(names = {"-f", "--follow"}, description = "Go on until the task has ended, as it writes.")
    private boolean follow;

    @Override
    int run(ApiClient client) throws ApiException {
        TaskFollower follower = new TaskFollower(client, id);
        if (wantsJson()) {
            if (follow) {
                follower.events(event -> print(event.encode()));
            } else {
                print(client.get("api/v1/tasks/" + ApiClient.encode(id) + "/result").encode());
            }
        } else if (follow) {
            follower.output(streams(), state -> {});
        } else {
            follower.storedOutput(streams());
        }
        return ExitCode.OK;
    }
}
