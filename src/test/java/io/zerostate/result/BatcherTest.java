package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final int FULL = 3;

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final Queue<Runnable> pauses = new ArrayDeque<>();
    private final List<List<String>> statements = new ArrayList<>();
    private final Queue<Promise<List<String>>> running = new ArrayDeque<>();

    private final Batcher<String, String> batcher = batcher(5);

    private Batcher<String, String> batcher(long pauseMs) {
        Batcher.Bounds<String> bounds = new Batcher.Bounds<>(FULL, Long.MAX_VALUE, String::length);
        return new Batcher<>((delayMs, turn) -> (delayMs == 0 ? turns : pauses).add(turn), pauseMs, bounds, this::begin);
    }

    private Future<List<String>> begin(List<String> batch) {
        statements.add(batch);
        Promise<List<String>> answers = Promise.promise();
        running.add(answers);
        return answers.future();
    }

    private static void runAll(Queue<Runnable> queue) {
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
    }

    @Test
    void whatArrivesInOneTurnSharesAStatement() {
        batcher.add("a");
        Future<String> second = batcher.add("b");
        runAll(turns);
        running.remove().complete(List.of("A", "B"));

        assertThat(statements).containsExactly(List.of("a", "b"));
        assertThat(second.result()).isEqualTo("B");
    }

    @Test
    void whatArrivesDuringAPauseWaitsForItsEndAndGoesTogether() {
        batcher.add("a");
        runAll(turns);
        batcher.add("b");
        runAll(turns);
        batcher.add("c");
        runAll(turns);
        assertThat(statements).containsExactly(List.of("a"));

        runAll(pauses);
        runAll(turns);

        assertThat(statements).containsExactly(List.of("a"), List.of("b", "c"));
    }

    @Test
    void aFullStatementDoesNotWaitForThePause() {
        batcher.add("a");
        runAll(turns);
        List.of("b", "c", "d").forEach(batcher::add);
        runAll(turns);

        assertThat(statements).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void afterAPauseWithoutRequestsTheNextOneGoesOutAtOnce() {
        batcher.add("a");
        runAll(turns);
        runAll(pauses);

        batcher.add("b");
        runAll(turns);

        assertThat(statements).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void withoutAPauseTwoStatementsRunAtATimeAndTheRestWaitsForOneToEnd() {
        Batcher<String, String> hasty = batcher(0);
        for (String request : List.of("a", "b", "c", "d")) {
            hasty.add(request);
            runAll(turns);
        }
        assertThat(statements).containsExactly(List.of("a"), List.of("b"));

        running.remove().complete(List.of("A"));
        runAll(turns);

        assertThat(statements).containsExactly(List.of("a"), List.of("b"), List.of("c", "d"));
    }

    @Test
    void whenAStatementFailsForAReasonOfOneRequestEachIsTriedAlone() {
        Future<String> bad = batcher.add("bad");
        Future<String> good = batcher.add("good");
        runAll(turns);
        running.remove().fail("one of them cannot be stored");

        running.remove().fail("bad cannot be stored");
        running.remove().complete(List.of("stored"));

        assertThat(bad.cause()).hasMessage("bad cannot be stored");
        assertThat(good.result()).isEqualTo("stored");
    }
}
