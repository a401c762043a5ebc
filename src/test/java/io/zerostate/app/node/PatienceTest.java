package io.zerostate.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerostate.app.node.Patience.NotYetException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final Deque<String> reasons = new ArrayDeque<>(List.of("refused", "starting"));

    private String whenThere() throws NotYetException {
        if (reasons.isEmpty()) {
            return "there";
        }
        throw new NotYetException(reasons.remove());
    }

    @Test
    void whatComesInTimeIsWaitedFor() throws NodeStartException {
        assertThat(new Patience(Duration.ofMinutes(1)).await("the database", this::whenThere)).isEqualTo("there");
    }

    @Test
    void whatDoesNotComeInTimeIsNamedWithItsLastReason() {
        assertThatThrownBy(() -> new Patience(Duration.ZERO).await("the database", this::whenThere))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("the database")
                .hasMessageContaining("refused");
    }

    @Test
    void whatCannotGetBetterIsNotWaitedFor() {
        assertThatThrownBy(() -> new Patience(Duration.ofDays(1)).await("the database", () -> {
                    throw new NodeStartException("wrong password");
                }))
                .hasMessage("wrong password");
    }
}
