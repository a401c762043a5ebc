package io.zerostate.push;

import io.vertx.core.Future;
import io.zerostate.bus.FindResult;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.ReadOutput;
import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Bytes;
import io.zerostate.task.Characters;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.TaskResult;
import java.util.Arrays;

/**
 * What one client is told of the output of the current attempt: live as it comes, and what it missed piece by piece, each once the one
 * before has left. Belongs to the context of its client.
 */
final class AttemptOutput {
    /** As much as one live message carries. */
    private static final int PIECE = 64 * 1024;

    private final FindTask task;
    private final TaskSource source;
    private final StreamClient client;
    private final OutputPosition stdout = new OutputPosition(OutputStreamName.STDOUT);
    private final OutputPosition stderr = new OutputPosition(OutputStreamName.STDERR);
    /** The state that began the attempt. */
    private int seq;

    private int attempt;
    private boolean running;

    AttemptOutput(FindTask task, TaskSource source, StreamClient client) {
        this.task = task;
        this.source = source;
        this.client = client;
    }

    /** The client comes with what it was told before. Of its states only every other one begins an attempt. */
    void resume(EventId known) {
        if (!known.isNone() && known.seq() > 0 && known.seq() % 2 == 0) {
            begin(known.seq() / 2, known.seq());
            stdout.restart(known.stdout());
            stderr.restart(known.stderr());
        }
    }

    /** An attempt begins: its streams are written anew. */
    void begin(int number, int startedBy) {
        attempt = number;
        seq = startedBy;
        running = true;
        stdout.restart(0);
        stderr.restart(0);
    }

    /** The attempt is over: marks the end of its streams, where the client has seen it run. */
    void end() {
        if (running) {
            running = false;
            for (OutputPosition position : new OutputPosition[] {stdout, stderr}) {
                client.send(PublicMessage.outputEnd(task.taskId(), attempt, position.stream(), position.next()), id());
            }
        }
    }

    void hear(TaskEvent.Wrote wrote) {
        if (wrote.attempt() == attempt) {
            of(wrote.stream()).hear(wrote);
        }
    }

    /** True when something was heard, and not told because too much came while the client was catching up. */
    boolean isBehind() {
        return running && (stdout.isBehind() || stderr.isBehind());
    }

    /** @param message what is to be sent unless a part of it was told already */
    Future<Void> tell(TaskEvent.Wrote wrote, PublicMessage message) {
        OutputPosition position = of(wrote.stream());
        TaskEvent.Wrote news = running && wrote.attempt() == attempt ? position.newsOf(wrote) : null;
        if (news == null || client.isClosed()) {
            return Future.succeededFuture();
        }
        position.moveTo(OutputPosition.endOf(news));
        return client.send(news == wrote ? message : PublicMessage.output(news), id());
    }

    /** Tells what the attempt has written so far, from its node. Never fails: what is not to be had is told by the result. */
    Future<Void> fromNode(String node) {
        return fromNode(node, stdout).compose(told -> fromNode(node, stderr)).otherwiseEmpty();
    }

    private Future<Void> fromNode(String node, OutputPosition position) {
        ReadOutput question = new ReadOutput(task.taskId(), attempt, position.stream(), position.next());
        return source.output(node, question)
                .compose(read -> read.bytes().isEmpty() || client.isClosed()
                        ? Future.succeededFuture()
                        : tell(position, read.offset(), read.bytes()).compose(told -> fromNode(node, position)));
    }

    /** Tells what the client has not seen of an ended attempt, from the stored result. Never fails. */
    Future<Void> fromResult() {
        if (!running) {
            return Future.succeededFuture();
        }
        return source.result(new FindResult(task.tenantId(), task.taskId()))
                .compose(found -> found.result().attempt() == attempt ? rest(found.result()) : Future.succeededFuture())
                .otherwiseEmpty();
    }

    private Future<Void> rest(TaskResult result) {
        return rest(stdout, result.stdout().bytes()).compose(told -> rest(stderr, result.stderr().bytes()));
    }

    private Future<Void> rest(OutputPosition position, Bytes all) {
        if (position.next() >= all.length() || client.isClosed()) {
            return Future.succeededFuture();
        }
        int start = (int) position.next();
        int end = Math.min(all.length(), start + PIECE);
        int cut = end == all.length() ? end : Characters.endOfWhole(all.array(), start, end);
        return tell(position, start, Bytes.of(Arrays.copyOfRange(all.array(), start, cut)))
                .compose(told -> rest(position, all));
    }

    private Future<Void> tell(OutputPosition position, long offset, Bytes bytes) {
        TaskEvent.Wrote wrote =
                new TaskEvent.Wrote(task.taskId(), task.tenantId(), attempt, position.stream(), offset, bytes);
        return tell(wrote, PublicMessage.output(wrote));
    }

    private String id() {
        return new EventId(seq, stdout.next(), stderr.next()).toString();
    }

    private OutputPosition of(OutputStreamName stream) {
        return stream == OutputStreamName.STDOUT ? stdout : stderr;
    }
}
