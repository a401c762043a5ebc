package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.bench.BenchResult;
import io.zerostate.app.bench.Benchmark;
import io.zerostate.app.bench.HelloAgent;
import io.zerostate.app.bench.LoadPlan;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        description = {
            "Measures a running node: how many tasks a second it takes and finishes, and how long each part of a task takes.",
            "Exits with 0 only if every task that was accepted has ended."
        })
final class BenchCommand extends ClientCommand {
    @Option(
            names = "--agent",
            paramLabel = "ID",
            defaultValue = "",
            description = "Run the agent with this id or name (default: one that prints a line, uploaded as " + HelloAgent.NAME + ").")
    private String agent;

    @Mixin
    private InputOption input;

    @Mixin
    private LoadOptions load;

    @Override
    int run(ApiClient client) throws ApiException, CommandFailedException {
        LoadPlan plan = load.plan();
        long warmUp = load.warmUp();
        Duration patience = load.patience();
        JsonObject measured = agent.isEmpty() ? HelloAgent.of(client) : client.get("api/v1/agents/" + ApiClient.encode(agent));
        JsonObject task = new JsonObject().put("agent_id", measured.getString("id"));
        input.putInto(task);
        BenchResult result = measure(client, task, plan, warmUp, patience);
        if (result.accepted() == 0) {
            throw new CommandFailedException("no task was accepted: " + result.refusal());
        }
        BenchText text = new BenchText(measured, load.words(), result);
        show(text.json(), text.toString());
        if (result.lost() > 0) {
            throw new CommandFailedException(result.lost() + " tasks were accepted and have not ended");
        }
        return ExitCode.OK;
    }

    private BenchResult measure(ApiClient client, JsonObject task, LoadPlan plan, long warmUp, Duration patience)
            throws ApiException, CommandFailedException {
        try (BenchProgress progress = new BenchProgress(streams().err())) {
            return new Benchmark(client, task, patience, progress, RandomGenerator.getDefault()).run(plan, warmUp);
        } catch (InterruptedException stopped) {
            throw new CommandFailedException("interrupted");
        }
    }
}
