package io.zerostate.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.OutputRead;
import io.zerostate.bus.ReadOutput;
import io.zerostate.bus.TaskEvent.Wrote;
import io.zerostate.task.Bytes;
import io.zerostate.task.Outcome;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.RunReport;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
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

    @Test
    void whoComesLateReadsWhatARunHasWrittenSoFar() {
        ClaimedTask ticker = ExecutionNode.task(node.put("ticker.wasm"), "4", "150");
        Future<RunReport> running = node.execute(0, ticker);
        node.output.await(wrote -> wrote.taskId().equals(ticker.taskId()) && wrote.offset() > 0);
        OutputRead early = node.bus
                .request(
                        Addresses.output(ExecutionNode.NAME),
                        new ReadOutput(ticker.taskId(), ticker.attempt(), OutputStreamName.STDOUT, 0))
                .await();

        byte[] all = running.await().stdout().bytes().array();
        assertThat(early.offset()).isZero();
        assertThat(early.bytes().length()).isPositive();
        assertThat(early.bytes().array()).isEqualTo(Arrays.copyOf(all, early.bytes().length()));
    }

    @Test
    void ofAnAttemptThatDoesNotRunThereIsNothingToRead() {
        OutputRead nothing = node.bus
                .request(Addresses.output(ExecutionNode.NAME), new ReadOutput(UUID.randomUUID(), 1, OutputStreamName.STDERR, 7))
                .await();

        assertThat(nothing).isEqualTo(new OutputRead(7, Bytes.EMPTY));
    }

    @Test
    void ofAFloodTheEndIsSeenAndNoMoreThanItsShare() {
        ClaimedTask flood = ExecutionNode.task(node.put("output_flood.wasm"));
        RunReport report = node.execute(0, flood).await();

        Wrote last = node.output.all().getLast();
        assertThat(last.offset() + last.bytes().length()).isEqualTo(report.stdout().bytes().length());
        int seen = node.output.all().stream().mapToInt(wrote -> wrote.bytes().length()).sum();
        int share = LiveAllowance.BURST + (int) (LiveAllowance.BYTES_PER_SECOND * report.durationMs() / 1_000);
        assertThat(seen).isLessThanOrEqualTo(share + 2 * LiveAllowance.LAST_WORDS + LiveBuffer.PIECE);
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
