package io.zerostate.http;

import io.vertx.core.Future;
import io.zerostate.agent.Agent;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.SubmitTasks;
import io.zerostate.bus.Submission;
import io.zerostate.bus.TasksSubmitted;
import io.zerostate.task.Failure;
import io.zerostate.task.Priority;
import io.zerostate.task.Schedule;
import io.zerostate.task.Task;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.Tenant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what clients ask for into stored tasks. Event loop only. */
final class Submitter {

    private final Bus bus;
    private final AgentLookup agents;
    private final Allowances allowances;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /** @param ids of new tasks, UUIDv7 */
    Submitter(Bus bus, AgentLookup agents, Allowances allowances, InstantSource clock, Supplier<UUID> ids) {
        this.bus = bus;
        this.agents = agents;
        this.allowances = allowances;
        this.clock = clock;
        this.ids = ids;
    }

    /** A new task's id: chosen before it is stored, so that its end can be awaited from the start. */
    UUID newId() {
        return ids.get();
    }

    /** Makes a submission; fails when the agent is not there or the task asks for something it cannot have. */
    Future<Submission> prepare(UUID id, NewTask task, Submission.@Nullable Idempotency idempotency) {
        return agents.findActive(task.agent()).map(agent -> submission(id, task, agent, idempotency));
    }

    /** Makes a submission for an agent that was found before. */
    Submission submission(UUID id, NewTask task, Agent agent, Submission.@Nullable Idempotency idempotency) {
        TaskSpec spec = task.spec(agent, allowances.defaults(), allowances.maximum(), clock.instant());
        return new Submission(id, Tenant.DEFAULT_ID, spec, idempotency, null);
    }

    /** Makes a submission that repeats a finished task at once, with the current version of its agent. */
    Future<Submission> prepareRerun(Task finished) {
        TaskSpec old = finished.spec();
        return agents.findActive(old.program().agentId().toString()).map(agent -> {
            Priority priority = old.schedule().priority();
            TaskSpec spec = new TaskSpec(NewTask.program(agent), old.input(), old.limits(),
                    new Schedule(priority, Schedule.AT_ONCE), old.retry(), old.labels());
            return new Submission(newId(), Tenant.DEFAULT_ID, spec, null, finished.id());
        });
    }

    /** Stores one task; fails with what it was refused for. */
    Future<Task> submit(Submission submission) {
        return submit(List.of(submission)).map(answers -> accepted(answers.getFirst()));
    }

    /** Stores tasks; answers in their order. */
    Future<List<TasksSubmitted.Answer>> submit(List<Submission> submissions) {
        return submissions.isEmpty()
                ? Future.succeededFuture(List.of())
                : bus.request(Addresses.TASK_SUBMIT, new SubmitTasks(submissions)).map(TasksSubmitted::answers);
    }

    private static Task accepted(TasksSubmitted.Answer answer) {
        Task task = answer.task();
        if (task != null) {
            return task;
        }
        Failure refusal = answer.refusal();
        if (refusal == null) {
            throw new IllegalStateException("neither task nor refusal");
        }
        throw Problem.of(refusal).exception();
    }
}
