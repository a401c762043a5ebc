package io.zerostate.push;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskFound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that follows one task over SSE, from the state it knows to the end of the task.
 *
 * <p>It listens first and asks for the task then, keeps what it hears meanwhile, and drops of that what the answer covers: the
 * {@code seq} of the states tells. A gap in {@code seq}, or silence, makes it ask again: events are hints and may be lost.
 *
 * <p>Belongs to the context of its request.
 */
final class TaskStream implements TaskListener {
    private static final Logger LOG = LoggerFactory.getLogger(TaskStream.class);

    private final RoutingContext request;
    private final FindTask question;
    private final Bus bus;
    private final PushLimits limits;
    private final SseClient client;
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private TaskFeed.@Nullable Subscription subscription;
    private boolean asking;
    private boolean open;
    /** The last state sent, or known to the client when it came; -1 for a client that knows none. */
    private int seq;
    private int attempt;

    TaskStream(RoutingContext request, FindTask question, Bus bus, PushLimits limits, SseClient client) {
        this.request = request;
        this.question = question;
        this.bus = bus;
        this.limits = limits;
        this.client = client;
    }

    /** @param lastSeq the last state that the client has, or -1 */
    void start(TaskFeed feed, Context context, int lastSeq) {
        seq = lastSeq;
        subscription = feed.watch(question.taskId(), context, this);
        request.addEndHandler(ended -> close());
        ask();
    }

    @Override
    public void changed(TaskEvent.Changed changed) {
        if (asking) {
            keep(() -> changed(changed));
        } else if (changed.seq() > seq + 1) {
            keep(() -> send(changed));
            ask();
        } else {
            send(changed);
        }
    }

    @Override
    public void wrote(OutputChunk chunk) {
        if (asking) {
            keep(() -> wrote(chunk));
        } else if (chunk.attempt() >= attempt) {
            client.send(PublicMessage.TASK_OUTPUT, PublicMessage.output(chunk));
        }
    }

    private void ask() {
        if (asking) {
            return;
        }
        asking = true;
        bus.request(Addresses.TASK_FIND, question).onComplete(answer -> {
            asking = false;
            if (answer.succeeded()) {
                found(answer.result());
            } else if (open) {
                // The next event or the next silence asks again.
                LOG.debug("task {} could not be asked for: {}", question.taskId(), answer.cause().getMessage());
                tellPending();
            } else {
                close();
                Refusal.fail(request, answer.cause());
            }
        });
    }

    private void found(TaskFound found) {
        if (client.isClosed()) {
            return;
        }
        boolean ended = found.task().state().isTerminal();
        if (!open) {
            if (ended && seq >= found.task().progress().seq()) {
                // A browser comes back after each end of a stream; 204 is what tells it to stop.
                close();
                request.response().setStatusCode(204).end();
                return;
            }
            open = true;
            client.open(this::ask);
        }
        news(found).forEach(this::send);
        tellPending();
    }

    private List<TaskEvent.Changed> news(TaskFound found) {
        return seq < 0 ? List.of(TaskHistory.current(found.task())) : TaskHistory.after(seq, found);
    }

    private void send(TaskEvent.Changed changed) {
        if (changed.seq() <= seq || client.isClosed()) {
            return;
        }
        seq = changed.seq();
        attempt = changed.attempt();
        client.send(PublicMessage.TASK_UPDATE, seq, PublicMessage.update(changed));
        if (changed.state().isTerminal()) {
            client.end();
            close();
        }
    }

    private void keep(Runnable event) {
        pending.add(event);
        // More than any answer takes: the state is asked for again anyway, and live output is a preview of the result.
        if (pending.size() > limits.pendingEvents()) {
            pending.remove();
        }
    }

    private void tellPending() {
        List<Runnable> kept = new ArrayList<>(pending);
        pending.clear();
        kept.forEach(Runnable::run);
    }

    private void close() {
        if (subscription != null) {
            subscription.cancel();
        }
        client.close();
    }
}
