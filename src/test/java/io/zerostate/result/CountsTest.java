package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.zerostate.bus.TasksCounted;
import io.zerostate.postgres.Answers;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountsTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<Promise<TasksCounted>> asked = new ArrayList<>();
    private final Counts counts = new Counts(store());

    @AfterEach
    void close() {
        Answers.of(vertx.close());
    }

    /** A store that only counts, when the test says so. */
    private TaskStore store() {
        return (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("count");
                    Promise<TasksCounted> answer = Promise.promise();
                    asked.add(answer);
                    return answer.future();
                });
    }

    private static TasksCounted some() {
        return new TasksCounted(Map.of(), Map.of(), null);
    }

    private void pause(long ms) {
        Answers.of(vertx.timer(ms));
    }

    @Test
    void whoAsksWhileACountIsUnderWayShares() {
        Future<TasksCounted> first = counts.of(1);
        Future<TasksCounted> second = counts.of(1);
        counts.of(2);
        assertThat(asked).as("one for each tenant").hasSize(2);
        TasksCounted counted = some();
        asked.getFirst().complete(counted);
        assertThat(Answers.of(first)).isSameAs(counted);
        assertThat(Answers.of(second)).isSameAs(counted);
    }

    @Test
    void aQuickCountIsMadeAnewForEach() {
        counts.of(1);
        asked.getFirst().complete(some());
        counts.of(1);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aSlowCountIsToldAgainForATimeThatGrowsWithIt() {
        counts.of(1);
        pause(50);
        asked.getFirst().complete(some());
        assertThat(counts.of(1).isComplete()).isTrue();
        assertThat(asked).hasSize(1);
        pause(2_000);
        assertThat(counts.of(1).isComplete()).isFalse();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aCountThatFailedIsMadeAnew() {
        counts.of(1);
        pause(50);
        asked.getFirst().fail("away");
        assertThat(counts.of(1).isComplete()).isFalse();
        assertThat(asked).hasSize(2);
    }
}
