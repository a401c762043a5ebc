package io.zerostate.wasm.chicory;

import com.dylibso.chicory.wasm.ChicoryException;
import io.zerostate.agent.ModuleReport;
import io.zerostate.task.FileSet;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A module that was compiled, ready to run. */
final class ChicoryModule implements PreparedModule {
    private static final Logger LOG = LoggerFactory.getLogger(ChicoryModule.class);
    private static final FileSet NO_FILES = new FileSet(Map.of(), 0);

    private final ModuleReport report;
    private final long weightBytes;
    private final Instances instances;
    private final MemoryImage image;
    private final World world;

    /** What programs see of the node they run on. */
    record World(WorldClock clock, RandomGenerator random) {}

    ChicoryModule(ModuleReport report, long weightBytes, Instances instances, MemoryImage image, World world) {
        this.report = report;
        this.weightBytes = weightBytes;
        this.instances = instances;
        this.image = image;
        this.world = world;
    }

    @Override
    public ModuleReport report() {
        return report;
    }

    @Override
    public long weightBytes() {
        return weightBytes;
    }

    @Override
    public RunReport run(Invocation invocation, OutputListener output, Deadline deadline) {
        Outcome stopped = deadline.outcome();
        if (stopped != null) {
            return RunReport.withoutRun(stopped);
        }
        Limits limits = invocation.limits();
        if (report.memoryMinBytes() > limits.memoryBytes()) {
            return RunReport.withoutRun(new Outcome.MemoryExceeded(limits.memoryBytes()));
        }
        long start = System.nanoTime();
        var memory = new LinearMemory(image, declaredPages(), pages(limits.memoryBytes()));
        var stdout = new OutputCapture(OutputStreamName.STDOUT, limits.stdoutBytes(), output);
        var stderr = new OutputCapture(OutputStreamName.STDERR, limits.stderrBytes(), output);
        Outcome ended = execute(memory, host(invocation, memory, stdout, stderr), invocation);
        // Whatever the program made of the interrupt, the deadline says why there was one.
        stopped = deadline.outcome();
        return new RunReport(
                stopped == null ? ended : stopped,
                stdout.captured(),
                stderr.captured(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                memory.sizeBytes());
    }

    private HostCalls host(Invocation invocation, LinearMemory memory, OutputCapture stdout, OutputCapture stderr) {
        List<String> args = new ArrayList<>();
        args.add(invocation.name());
        args.addAll(invocation.input().args());
        List<String> environment = new ArrayList<>();
        // Sorted, since the map's own order differs from one JVM to the next, and a program's output should not.
        new TreeMap<>(invocation.input().env()).forEach((name, value) -> environment.add(name + "=" + value));
        WorldClock clock = world.clock();
        FileSet given = invocation.files();
        var files = new FileTree(given == null ? NO_FILES : given, clock.realtimeNanos());
        Descriptors descriptors = descriptors(invocation, stdout, stderr, files);
        var surroundings = new Surroundings(memory, args, environment, clock, world.random());
        return new HostCalls(
                new Streams(memory, descriptors, new FileContent(memory, files, clock)),
                new FileCalls(memory, descriptors, files, clock),
                new PathCalls(memory, descriptors, files, clock),
                surroundings,
                new Poll(memory, descriptors, surroundings, clock));
    }

    private static Descriptors descriptors(
            Invocation invocation, OutputCapture stdout, OutputCapture stderr, FileTree files) {
        var in = new Descriptor.Source(invocation.stdin());
        var out = new Descriptor.Sink(stdout);
        var err = new Descriptor.Sink(stderr);
        return invocation.files() == null
                ? new Descriptors(files, in, out, err)
                : new Descriptors(files, in, out, err, new Descriptor.OpenDirectory(files.root(), true));
    }

    private Outcome execute(LinearMemory memory, HostCalls host, Invocation invocation) {
        Limits limits = invocation.limits();
        var budget = new HostCalls.Budget(invocation.limits().hostCalls());
        try {
            instances.create(memory, name -> host.handle(name, budget)).export("_start").apply();
            return new Outcome.Completed(0);
        } catch (ProgramExit exit) {
            return exit.code() != 0 && memory.refused()
                    ? new Outcome.MemoryExceeded(limits.memoryBytes())
                    : new Outcome.Completed(exit.code());
        } catch (OutputLimitException flood) {
            return new Outcome.OutputExceeded(flood.stream(), flood.limitBytes());
        } catch (HostCallLimitException exceeded) {
            return new Outcome.Trapped(String.valueOf(exceeded.getMessage()));
        } catch (ChicoryException trap) {
            return trapped(TrapText.of(trap), memory, limits);
        } catch (StackOverflowError e) {
            return trapped("call stack exhausted", memory, limits);
        } catch (OutOfMemoryError e) {
            // Where the JVM does not exit by itself. The run's memory is free again once this returns.
            LOG.error("the heap was exhausted during a run");
            return new Outcome.Lost("The node ran out of memory");
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a program tripped the engine", e);
            return trapped("internal error of the engine: " + e.getClass().getSimpleName(), memory, limits);
        }
    }

    private static Outcome trapped(String message, LinearMemory memory, Limits limits) {
        return memory.refused() ? new Outcome.MemoryExceeded(limits.memoryBytes()) : new Outcome.Trapped(message);
    }

    private int declaredPages() {
        return report.memoryMaxBytes() < 0 ? Integer.MAX_VALUE : pages(report.memoryMaxBytes());
    }

    private static int pages(long bytes) {
        return (int) Math.min(bytes / LinearMemory.PAGE_SIZE, LinearMemory.RUNTIME_MAX_PAGES);
    }
}
