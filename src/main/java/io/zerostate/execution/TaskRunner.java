package io.zerostate.execution;

import io.vertx.core.Future;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.metrics.EngineMetrics;
import io.zerostate.task.FileSet;
import io.zerostate.task.Input;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.PreparedModule;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Runs one attempt on the calling thread: load, parse, link and run, all under one deadline. Safe from any thread. */
public final class TaskRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

    private final ModuleLoader modules;
    private final ActiveRuns runs;
    private final ScheduledExecutorService ticker;
    private final EngineMetrics metrics;

    /**
     * @param ticker one thread that serves all deadlines of the node
     */
    public TaskRunner(ModuleLoader modules, ActiveRuns runs, ScheduledExecutorService ticker, EngineMetrics metrics) {
        this.modules = modules;
        this.runs = runs;
        this.ticker = ticker;
        this.metrics = metrics;
    }

    /**
     * Blocks until the attempt has ended, at the latest moments after its timeout. Never throws.
     *
     * @return how it ended; done once everything that it wrote was published
     */
    Future<RunReport> run(ClaimedTask task) {
        in(task, LOG.atDebug()).addKeyValue("agent", task.spec().program().agentName()).log("attempt starts");
        long started = System.nanoTime();
        LiveRun run;
        RunReport ran;
        try (Deadline deadline = Deadline.start(ticker, task.spec().limits().timeoutMs())) {
            run = runs.begin(task, deadline);
            ran = runBounded(task, run, deadline);
        }
        RunReport report = withDuration(ran, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
        metrics.ran(report);
        in(task, LOG.atDebug())
                .addKeyValue("outcome", report.outcome().kind())
                .addKeyValue("duration_ms", report.durationMs())
                .log("attempt ended");
        return runs.end(run).map(report);
    }

    private RunReport runBounded(ClaimedTask task, LiveRun run, Deadline deadline) {
        try {
            PreparedModule module = modules.load(task.spec().program().sha256());
            return module.run(invocation(task), run, deadline);
        } catch (ModuleRefusedException refused) {
            return stopped(deadline, new Outcome.Rejected(refused.reason()));
        } catch (BinaryUnavailableException away) {
            return unavailable(task, deadline, away);
        } catch (BinaryUnusableException unusable) {
            in(task, LOG.atWarn()).addKeyValue("reason", unusable.getMessage()).log("the module could not be had");
            return stopped(deadline, new Outcome.Lost("The module could not be had: " + unusable.getMessage()));
        } catch (InterruptedException interrupted) {
            return stopped(deadline, new Outcome.Lost("The worker was interrupted"));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            if (deadline.outcome() == null) {
                in(task, LOG.atError()).setCause(failure).log("the engine failed");
            }
            return stopped(deadline, new Outcome.Lost("The engine failed: " + failure.getClass().getSimpleName()));
        }
    }

    /** A task that waited for the store until its time was over has not used any of it. */
    private static RunReport unavailable(ClaimedTask task, Deadline deadline, BinaryUnavailableException away) {
        in(task, LOG.atWarn()).addKeyValue("reason", away.getMessage()).log("the module cannot be had for now");
        Outcome unavailable = new Outcome.Unavailable("The module cannot be had for now: " + away.getMessage());
        return deadline.outcome() instanceof Outcome.TimedOut
                ? RunReport.withoutRun(unavailable)
                : stopped(deadline, unavailable);
    }

    /** Whatever failed after the deadline was stopped failed because of that. */
    private static RunReport stopped(Deadline deadline, Outcome otherwise) {
        Outcome why = deadline.outcome();
        return RunReport.withoutRun(why == null ? otherwise : why);
    }

    private static Invocation invocation(ClaimedTask task) {
        Input given = task.spec().input();
        Map<String, String> env = new HashMap<>(given.env());
        env.put("ZEROSTATE_TASK_ID", task.taskId().toString());
        env.put("ZEROSTATE_ATTEMPT", Integer.toString(task.attempt()));
        Input input = new Input(given.stdin(), given.args(), env);
        Limits limits = task.spec().limits();
        Invocation invocation = new Invocation(task.spec().program().agentName(), input, limits);
        return given.files() == null ? invocation : invocation.withFiles(new FileSet(given.files(), limits.fileBytes()));
    }

    private static RunReport withDuration(RunReport report, long durationMs) {
        return new RunReport(report.outcome(), report.stdout(), report.stderr(), durationMs, report.memoryPeakBytes());
    }

    private static LoggingEventBuilder in(ClaimedTask task, LoggingEventBuilder line) {
        return line.addKeyValue("task_id", task.taskId()).addKeyValue("attempt", task.attempt());
    }
}
