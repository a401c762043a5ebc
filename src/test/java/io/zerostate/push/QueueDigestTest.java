package io.zerostate.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueDigestTest {
    private static final int CHANGES = 200;
    private static final long PATIENCE_S = 10;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<PublicMessage> published = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whoListensAloneIsToldOfAHundredTasks() throws Exception {
        assertThat(toldTo(1)).isEqualTo(100);
    }

    @Test
    void fiveHundredListenersAreToldOfFewerEach() throws Exception {
        assertThat(toldTo(500)).isEqualTo(20);
    }

    /** Tasks that were told before the number of the others. */
    private int toldTo(int listeners) throws InterruptedException {
        QueueDigest digest = new QueueDigest(vertx, () -> listeners, published::add);
        vertx.runOnContext(turn -> {
            for (int i = 0; i < CHANGES; i++) {
                digest.add(new StoredTask().start());
            }
        });
        int told = 0;
        PublicMessage message = published.poll(PATIENCE_S, TimeUnit.SECONDS);
        for (; message != null && message.type().equals("task_update"); message = published.poll(PATIENCE_S, TimeUnit.SECONDS)) {
            told++;
        }
        assertThat(message).isEqualTo(PublicMessage.manyChanged(CHANGES - told));
        return told;
    }
}
