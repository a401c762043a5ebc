package io.zerostate.registry;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.zerostate.agent.Agent;
import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.ModuleReport;
import io.zerostate.bus.AddAgentVersion;
import io.zerostate.bus.PatchAgent;
import io.zerostate.bus.RegisterAgent;
import io.zerostate.config.ExecutionSettings;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.LimitOverrides;
import io.zerostate.task.RefusedException;
import java.util.UUID;
import java.util.function.Supplier;

/** The steps from an upload to a registered agent: what is cheap to refuse is refused before the module is compiled. */
final class Registration {
    private final AgentStore store;
    private final ModuleIntake intake;
    private final WorkerExecutor compilers;
    private final ExecutionSettings settings;
    private final Supplier<UUID> ids;

    Registration(
            AgentStore store,
            ModuleIntake intake,
            WorkerExecutor compilers,
            ExecutionSettings settings,
            Supplier<UUID> ids) {
        this.store = store;
        this.intake = intake;
        this.compilers = compilers;
        this.settings = settings;
        this.ids = ids;
    }

    Future<Agent> register(RegisterAgent request) {
        requireName(request.name());
        requireLimits(request.manifest().limits());
        return requireFree(request.tenantId(), request.name())
                .compose(free -> prepare(request.binary()))
                .compose(report -> store.register(new NewAgent(
                        ids.get(),
                        request.tenantId(),
                        request.name(),
                        request.manifest(),
                        new NewVersion(request.versionLabel(), request.binary(), report))));
    }

    Future<Agent> addVersion(AddAgentVersion request) {
        if (request.manifest() != null) {
            requireLimits(request.manifest().limits());
        }
        return store.find(request.tenantId(), request.agentId().toString())
                .compose(agent -> agent.deletedAt() == null
                        ? prepare(request.binary())
                        : Future.failedFuture(new RefusedException(
                                ErrorCode.AGENT_DELETED, "The agent " + agent.name() + " was deleted")))
                .compose(report -> store.addVersion(
                        request.tenantId(),
                        request.agentId(),
                        new NewVersion(request.versionLabel(), request.binary(), report),
                        request.manifest()));
    }

    Future<Agent> patch(PatchAgent request) {
        if (request.name() != null) {
            requireName(request.name());
        }
        if (request.limits() != null) {
            requireLimits(request.limits());
        }
        return store.patch(request);
    }

    private Future<ModuleReport> prepare(BinaryRef binary) {
        return intake.take(binary, compilers).recover(failure -> {
            // The verdict is about the bytes alone: no other upload of the same bytes can be on its way to a version.
            boolean refused = failure instanceof RefusedException refusal && refusal.code() == ErrorCode.INVALID_MODULE;
            return refused
                    ? intake.drop(binary, store).transform(dropped -> Future.failedFuture(failure))
                    : Future.failedFuture(failure);
        });
    }

    /** Spares a compilation that would be for nothing. What decides in the end is the store. */
    private Future<Void> requireFree(long tenantId, String name) {
        return store.find(tenantId, name).transform(found -> {
            if (found.succeeded() && found.result().name().equals(name) && found.result().deletedAt() == null) {
                return Future.failedFuture(exists(name));
            }
            boolean free = found.succeeded()
                    || found.cause() instanceof RefusedException refusal && refusal.code() == ErrorCode.AGENT_NOT_FOUND;
            return free ? Future.succeededFuture() : Future.failedFuture(found.cause());
        });
    }

    private void requireLimits(LimitOverrides limits) {
        limits.over(settings.defaults(), settings.maximum());
    }

    private static void requireName(String name) {
        if (!Agent.NAME.matcher(name).matches()) {
            throw new RefusedException(
                    ErrorCode.INVALID_REQUEST,
                    "name must be 1 to 128 letters, digits, dots, underscores and hyphens, and start with a letter or digit");
        }
    }

    private static RefusedException exists(String name) {
        return new RefusedException(ErrorCode.AGENT_EXISTS, "An agent with the name " + name + " exists already");
    }
}
