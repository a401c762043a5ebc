package io.zerostate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import org.junit.jupiter.api.Test;

class EngineMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EngineMetrics metrics = new EngineMetrics(registry);

    private record Cache(long hits) {}

    @Test
    void runsAreCountedByHowTheyEnded() {
        metrics.ran(ended(new Outcome.Completed(0), 20));
        metrics.ran(ended(new Outcome.Completed(3), 5));
        metrics.ran(ended(new Outcome.TimedOut(100), 100));
        assertThat(registry.scrape())
                .contains("zerostate_runs_seconds_count{outcome=\"completed\"} 1\n")
                .contains("zerostate_runs_seconds_sum{outcome=\"completed\"} 0.02\n")
                .contains("zerostate_runs_seconds_count{outcome=\"exit\"} 1\n")
                .contains("zerostate_runs_seconds_count{outcome=\"timeout\"} 1\n")
                .contains("zerostate_run_memory_peak_bytes_count 3\n");
    }

    @Test
    void preparationsAndRefusalsAreCounted() {
        metrics.prepared(1500);
        metrics.refused();
        assertThat(registry.scrape())
                .contains("zerostate_module_prepare_seconds_sum 1.5\n")
                .contains("zerostate_module_refused_total 1.0\n");
    }

    @Test
    void aCachesFiguresAreReadWhenTheyAreAskedFor() {
        Cache cache = new Cache(7);
        metrics.moduleCache(
                cache, new EngineMetrics.CacheFigures<>(Cache::hits, held -> 2, held -> 1, held -> 4, held -> 4096));
        assertThat(registry.scrape())
                .contains("zerostate_module_cache_hits_total 7.0\n")
                .contains("zerostate_module_cache_misses_total 2.0\n")
                .contains("zerostate_module_cache_evictions_total 1.0\n")
                .contains("zerostate_module_cache_modules 4.0\n")
                .contains("zerostate_module_cache_weight_bytes 4096.0\n");
    }

    private static RunReport ended(Outcome outcome, long millis) {
        return new RunReport(outcome, CapturedOutput.NONE, CapturedOutput.NONE, millis, 65_536);
    }
}
