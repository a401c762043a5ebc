package io.zerostate.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.TaskEvent.Wrote;
import io.zerostate.task.Outcome;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.RunReport;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of a run while it runs. */
class LiveOutputTest {
    @TempDir
    private Path directory;

    private ExecutionNode node;

    @BeforeEach
    void start() {
        node = new ExecutionNode(directory, 1, store -> store);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void outputIsSeenWhileTheProgramRuns() {
        ClaimedTask ticker = ExecutionNode.task(node.put("ticker.wasm"), "4", "150");
        Future<RunReport> running = node.execute(0, ticker);
        Wrote first = node.output.await(wrote -> wrote.taskId().equals(ticker.taskId()));

        assertThat(running.isComplete()).isFalse();
        assertThat(first.offset()).isZero();
        assertThat(first.attempt()).isEqualTo(ticker.attempt());
        assertThat(first.stream()).isEqualTo(OutputStreamName.STDOUT);
        RunReport report = running.await();
        assertThat(node.output.all().size()).isGreaterThanOrEqualTo(4);
        assertThat(together()).isEqualTo(report.stdout().bytes().array());
    }

    @Test
    void everythingIsSeenBeforeTheRunIsReported() {
        String sha256 = node.put("echo_env.wasm");
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        // One context hears both, so the order in which they were sent is the order in which they are heard.
        Promise<byte[]> seenAtReport = Promise.promise();
        Promise<RunReport> reported = Promise.promise();
        node.vertx.getOrCreateContext().runOnContext(ignored -> node.bus
                .listen(Addresses.TASK_EVENTS, events -> events.events()
                        .forEach(event -> seen.writeBytes(((Wrote) event).bytes().array())))
                .completion()
                .compose(listening -> node.execute(0, ExecutionNode.task(sha256)))
                .onSuccess(report -> seenAtReport.complete(seen.toByteArray()))
                .onComplete(reported));

        assertThat(seenAtReport.future().await())
                .isEqualTo(reported.future().await().stdout().bytes().array())
                .isNotEmpty();
    }

    @Test
    void linesThatComeFastTravelTogether() {
        ClaimedTask ticker = ExecutionNode.task(node.put("ticker.wasm"), "200", "1");
        RunReport report = node.execute(0, ticker).await();

        assertThat(report.outcome()).isEqualTo(new Outcome.Completed(0));
        assertThat(together()).isEqualTo(report.stdout().bytes().array());
        assertThat(node.output.all().size()).isLessThan(100);
    }

    @Test
    void ofAFloodChunksMaySkipButNeverLieAndTheResultIsWhole() {
        ClaimedTask flood = ExecutionNode.task(node.put("output_flood.wasm"));
        RunReport report = node.execute(0, flood).await();
        byte[] kept = report.stdout().bytes().array();

        assertThat(report.outcome())
                .isEqualTo(new Outcome.OutputExceeded(OutputStreamName.STDOUT, ExecutionNode.LIMITS.stdoutBytes()));
        assertThat(kept).hasSize((int) ExecutionNode.LIMITS.stdoutBytes());
        List<Wrote> chunks = node.output.all();
        assertThat(chunks).isNotEmpty();
        long end = 0;
        for (Wrote chunk : chunks) {
            assertThat(chunk.offset()).isGreaterThanOrEqualTo(end);
            end = chunk.offset() + chunk.bytes().length();
            assertThat(chunk.bytes().array()).isEqualTo(Arrays.copyOfRange(kept, (int) chunk.offset(), (int) end));
        }
    }

    private byte[] together() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Wrote wrote : node.output.all()) {
            assertThat(wrote.offset()).isEqualTo(all.size());
            all.writeBytes(wrote.bytes().array());
        }
        return all.toByteArray();
    }
}
