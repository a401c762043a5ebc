package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Faults one after the other, now and then two at a time, under constant load, for as long as is asked for. */
final class RandomMix {
    private static final int PER_SECOND = 6;
    private static final int WARM = 30;
    private static final int PAIRS_ONE_IN = 3;
    /** No fault lasts for more than one in so many parts of the time. */
    private static final int LONGEST_SHARE = 4;

    private static final int MOST_QUIET_MS = 3_000;

    private final Stage stage;
    private final RandomGenerator chance;
    private final List<Fault> faults;
    private final Map<String, Window> windows = new LinkedHashMap<>();

    /** What happened to the tasks that were accepted while one kind of fault was there. */
    private static final class Window {
        private final Set<String> ids = new HashSet<>();
        private int times;
        private long staleFinishes;
        private Duration longestRecovery = Duration.ZERO;
    }

    private RandomMix(Stage stage, Duration longestFault) {
        this.stage = stage;
        this.chance = stage.chance("mix");
        this.faults = Arrays.stream(Fault.values())
                .filter(fault -> fault.lasts().compareTo(longestFault) <= 0)
                .toList();
    }

    /** Fails when anything that must hold did not. */
    static void run(Stage stage, Duration time) throws Exception {
        RandomMix mix = new RandomMix(stage, time.dividedBy(LONGEST_SHARE));
        try (FaultRun run = stage.run("all of the mix of " + time.toSeconds() + " s")) {
            run.load().start(PER_SECOND);
            run.awaitEnded(WARM);
            Instant end = Instant.now().plus(time);
            while (Instant.now().isBefore(end)) {
                mix.injectSome(run);
            }
            Duration recovery = run.awaitEndOfAccepted();
            FaultTable.Row all = run.conclude(recovery, "");
            mix.report();
            stage.table().add(all);
            assertThat(all.violations()).isEmpty();
        }
    }

    private void injectSome(FaultRun run) throws Exception {
        List<Fault> chosen = choose();
        String name = chosen.stream().map(Fault::toString).collect(Collectors.joining(" + "));
        Window window = windows.computeIfAbsent(name, key -> new Window());
        Set<String> before = new HashSet<>(run.ledger().ids());
        long stale = run.observer().staleFinishes();

        List<CompletableFuture<Void>> healed = new ArrayList<>();
        for (Fault fault : chosen) {
            Fault.Healing healing = fault.inject(stage.cluster(), chance);
            healed.add(CompletableFuture.runAsync(() -> {
                Waiting.forAsLongAs(fault.lasts());
                Fault.heal(healing);
            }));
        }
        CompletableFuture.allOf(healed.toArray(CompletableFuture[]::new)).join();
        Duration recovery = run.awaitEndOfAccepted();
        stage.cluster().restore();

        window.times++;
        window.staleFinishes += run.observer().staleFinishes() - stale;
        window.longestRecovery = recovery.compareTo(window.longestRecovery) > 0 ? recovery : window.longestRecovery;
        window.ids.addAll(run.ledger().ids().stream().filter(id -> !before.contains(id)).toList());
        Waiting.forAsLongAs(Duration.ofMillis(chance.nextInt(MOST_QUIET_MS)));
    }

    /** One, or two that do not befall the same. */
    private List<Fault> choose() {
        Fault first = faults.get(chance.nextInt(faults.size()));
        List<Fault> others = faults.stream().filter(fault -> fault.victim() != first.victim()).toList();
        return chance.nextInt(PAIRS_ONE_IN) == 0
                ? List.of(first, others.get(chance.nextInt(others.size())))
                : List.of(first);
    }

    private void report() throws Exception {
        try (Connection connection = stage.cluster().postgres().connect()) {
            for (Map.Entry<String, Window> entry : windows.entrySet()) {
                Window window = entry.getValue();
                Figures figures = Figures.of(List.copyOf(window.ids), connection);
                stage.table()
                        .add(new FaultTable.Row(
                                entry.getKey(),
                                figures,
                                window.staleFinishes,
                                window.longestRecovery,
                                List.of(),
                                "injections: " + window.times));
            }
        }
    }
}
