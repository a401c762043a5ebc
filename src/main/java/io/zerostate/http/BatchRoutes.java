package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.Validator;
import io.zerostate.agent.Agent;
import io.zerostate.bus.Submission;
import io.zerostate.bus.TasksSubmitted;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * Submission of many tasks at once. Each item is judged for itself; those that are good are stored together. Reading, checking
 * and writing a batch take tens of milliseconds, so they happen on worker threads.
 */
final class BatchRoutes {

    private final Submitter submitter;
    private final AgentLookup agents;
    private final Validator newTask;

    BatchRoutes(Submitter submitter, AgentLookup agents, Contract contract) {
        this.submitter = submitter;
        this.agents = agents;
        this.newTask = contract.validator(contract.schema("NewTask"));
    }

    void bind(Operations operations) {
        operations.onUncheckedBody("submitTaskBatch", this::submit);
    }

    private void submit(RoutingContext context) {
        Buffer text = context.body().buffer();
        boolean lines = ContentType.NDJSON.equals(ContentType.of(context));
        onWorker(context, () -> lines ? BatchText.readLines(text, newTask) : BatchText.readArray(text, newTask))
                .compose(items -> findAgents(items)
                        .compose(found -> onWorker(context, () -> prepare(items, found))))
                .compose(items -> submitter.submit(submissions(items)).map(answers -> stored(items, answers)))
                .onComplete(items -> answer(context, items), context::fail);
    }

    private static <T> Future<T> onWorker(RoutingContext context, Callable<T> work) {
        return context.vertx().executeBlocking(work, false);
    }

    /** The agents that a batch names: what was found, and why the others may not be used. */
    private record Agents(Map<String, Agent> found, Map<String, Problem> refused) {}

    /** Looks up each agent once, however many items name it. */
    private Future<Agents> findAgents(List<BatchItem> items) {
        Agents result = new Agents(new HashMap<>(), new HashMap<>());
        List<Future<Agent>> lookups = items.stream()
                .filter(BatchItem.Asked.class::isInstance)
                .map(item -> ((BatchItem.Asked) item).task().agent())
                .distinct()
                .map(name -> agents.findActive(name)
                        .onSuccess(agent -> result.found().put(name, agent))
                        .onFailure(failure -> result.refused().put(name, problem(failure))))
                .toList();
        return Future.join(lookups).map(result).recover(failure -> result.refused().values().stream()
                .filter(problem -> problem.code() == ErrorCode.UNAVAILABLE)
                .findFirst()
                // Then it is no item's fault, and all of them are worth repeating.
                .<Future<Agents>>map(problem -> Future.failedFuture(problem.exception()))
                .orElse(Future.succeededFuture(result)));
    }

    private List<BatchItem> prepare(List<BatchItem> items, Agents agents) {
        return items.stream()
                .map(item -> item instanceof BatchItem.Asked(NewTask task) ? prepare(task, agents) : item)
                .toList();
    }

    private BatchItem prepare(NewTask task, Agents agents) {
        Agent agent = agents.found().get(task.agent());
        if (agent == null) {
            return new BatchItem.Refused(Objects.requireNonNull(agents.refused().get(task.agent())));
        }
        try {
            return new BatchItem.Prepared(submitter.submission(submitter.newId(), task, agent, null));
        } catch (ProblemException | RefusedException refused) {
            return new BatchItem.Refused(problem(refused));
        }
    }

    private static List<Submission> submissions(List<BatchItem> items) {
        return items.stream()
                .filter(BatchItem.Prepared.class::isInstance)
                .map(item -> ((BatchItem.Prepared) item).submission())
                .toList();
    }

    /** Puts the answers in the places of their submissions. */
    private static List<BatchItem> stored(List<BatchItem> items, List<TasksSubmitted.Answer> answers) {
        Iterator<TasksSubmitted.Answer> next = answers.iterator();
        List<BatchItem> outcomes = new ArrayList<>(items.size());
        items.forEach(item -> outcomes.add(item instanceof BatchItem.Prepared ? outcome(next.next()) : item));
        return outcomes;
    }

    private static BatchItem outcome(TasksSubmitted.Answer answer) {
        return answer.task() != null
                ? new BatchItem.Stored(answer.task())
                : new BatchItem.Refused(Problem.of(Objects.requireNonNull(answer.refusal(), "neither task nor refusal")));
    }

    private static Problem problem(Throwable failure) {
        return switch (failure) {
            case ProblemException known -> known.problem();
            case RefusedException refused -> Problem.of(refused);
            default -> throw new IllegalStateException(failure);
        };
    }

    private static void answer(RoutingContext context, List<BatchItem> items) {
        String path = context.request().path();
        String traceId = TraceContext.of(context);
        Answer.largeJson(context, 202, () -> {
            JsonArray list = new JsonArray();
            for (BatchItem item : items) {
                list.add(item.toJson(path + "#/" + list.size(), traceId));
            }
            return new JsonObject().put("items", list);
        });
    }
}
