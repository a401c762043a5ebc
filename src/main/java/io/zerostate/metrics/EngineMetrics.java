package io.zerostate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.zerostate.task.RunReport;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the engine does: preparing modules, keeping them, running them. Safe from any thread.
 *
 * <p>{@code zerostate.runs} (timer, tag {@code outcome}: {@code completed} or a failure kind), {@code zerostate.run.memory.peak}
 * (bytes), {@code zerostate.module.prepare} (timer), {@code zerostate.module.refused}, {@code zerostate.module.cache.hits},
 * {@code .misses}, {@code .evictions}, {@code .modules} and {@code .weight} (bytes).
 */
public final class EngineMetrics {
    private final MeterRegistry registry;
    private final ConcurrentMap<String, Timer> runs = new ConcurrentHashMap<>();
    private final DistributionSummary memoryPeak;
    private final Timer prepare;
    private final Counter refused;

    /** Call once per registry: meters are registered here. */
    public EngineMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.memoryPeak = DistributionSummary.builder("zerostate.run.memory.peak")
                .description("Largest linear memory of a run")
                .baseUnit(BaseUnits.BYTES)
                .publishPercentileHistogram()
                .minimumExpectedValue(64.0 * 1024)
                .maximumExpectedValue(1024.0 * 1024 * 1024)
                .register(registry);
        this.prepare = Timer.builder("zerostate.module.prepare")
                .description("Time to check, parse and compile a module")
                .publishPercentileHistogram()
                .register(registry);
        this.refused = Counter.builder("zerostate.module.refused")
                .description("Modules that cannot be agents")
                .register(registry);
    }

    /** A run has ended. */
    public void ran(RunReport report) {
        runs.computeIfAbsent(report.outcome().kind(), this::runTimer)
                .record(report.durationMs(), TimeUnit.MILLISECONDS);
        memoryPeak.record(report.memoryPeakBytes());
    }

    private Timer runTimer(String outcome) {
        return Timer.builder("zerostate.runs")
                .description("Time of runs, from load to end")
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .register(registry);
    }

    /** A module was prepared in this many milliseconds. */
    public void prepared(long millis) {
        prepare.record(millis, TimeUnit.MILLISECONDS);
    }

    /** A module was refused. */
    public void refused() {
        refused.increment();
    }

    /**
     * Shows a cache's figures. Called once per cache and registry; the functions are called at each scrape.
     *
     * @param cache kept weakly reachable only
     */
    public <C> void moduleCache(C cache, CacheFigures<C> figures) {
        counter("hits", "Requests for a module that was there", cache, figures.hits());
        counter("misses", "Requests for a module that was loaded", cache, figures.misses());
        counter("evictions", "Modules dropped to stay within the bound", cache, figures.evictions());
        gauge("modules", "Modules in the cache", null, cache, figures.modules());
        gauge("weight", "Estimated heap of the modules in the cache", BaseUnits.BYTES, cache, figures.weightBytes());
    }

    /** How to read a cache of type {@code C}, which this package may not know. */
    public record CacheFigures<C>(
            ToLongFunction<C> hits,
            ToLongFunction<C> misses,
            ToLongFunction<C> evictions,
            ToLongFunction<C> modules,
            ToLongFunction<C> weightBytes) {}

    private <C> void counter(String name, String description, C cache, ToLongFunction<C> value) {
        FunctionCounter.builder("zerostate.module.cache." + name, cache, value::applyAsLong)
                .description(description)
                .register(registry);
    }

    private <C> void gauge(
            String name, String description, @Nullable String unit, C cache, ToLongFunction<C> value) {
        Gauge.builder("zerostate.module.cache." + name, cache, value::applyAsLong)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }
}
