package io.zerostate.push;

import io.vertx.core.Context;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskFound;
import io.zerostate.task.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that follows one task, from the place it knows to the end of the task.
 *
 * <p>It listens first and asks for the task then, keeps what it hears meanwhile, and drops of that what the answer covers: the
 * {@code seq} of the states and the offsets of the output tell. A gap in {@code seq}, or silence, makes it ask again: events are hints and
 * may be lost. What a client missed of the output comes from the node that runs the task, or from its result.
 *
 * <p>Belongs to the context of its client.
 */
final class TaskStream implements TaskListener {
    private static final Logger LOG = LoggerFactory.getLogger(TaskStream.class);

    private final FindTask question;
    private final Supply supply;
    private final StreamClient client;
    private final EventsToCome later;
    private final AttemptOutput output;
    private TaskFeed.@Nullable Subscription subscription;
    /** The past is being asked for, and what happens meanwhile is kept. */
    private boolean catchingUp;

    private boolean open;
    /** The last state told, or known to the client when it came; -1 for a client that knows none. */
    private int seq;

    TaskStream(FindTask question, Supply supply, StreamClient client) {
        this.question = question;
        this.supply = supply;
        this.client = client;
        this.later = new EventsToCome(supply.limits());
        this.output = new AttemptOutput(question, supply.source(), client);
    }

    /** @param known the last event that the client has */
    void start(Context context, EventId known) {
        seq = known.seq();
        output.resume(known);
        subscription = supply.feed().watch(question.taskId(), context, this);
        ask();
    }

    /** Nothing is told any more. */
    void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void changed(TaskEvent.Changed changed, PublicMessage message) {
        if (catchingUp) {
            later.keep(() -> changed(changed, message));
        } else if (changed.seq() > seq + 1) {
            later.keep(() -> send(changed, message));
            ask();
        } else if (changed.seq() > seq && changed.state().isTerminal() && output.isBehind()) {
            catchingUp = true;
            output.fromResult().onComplete(told -> {
                send(changed, message);
                goOn();
            });
        } else {
            send(changed, message);
        }
    }

    @Override
    public void wrote(TaskEvent.Wrote wrote, PublicMessage message) {
        output.hear(wrote);
        if (catchingUp) {
            later.keep(wrote.bytes().length(), () -> wrote(wrote, message));
        } else {
            output.tell(wrote, message);
        }
    }

    private void ask() {
        if (catchingUp || client.isClosed()) {
            return;
        }
        catchingUp = true;
        supply.source().find(question).onComplete(answer -> {
            if (client.isClosed()) {
                stop();
            } else if (answer.succeeded()) {
                found(answer.result());
            } else if (open) {
                // The next event or the next silence asks again.
                LOG.debug("task {} could not be asked for: {}", question.taskId(), answer.cause().getMessage());
                goOn();
            } else {
                stop();
                client.refuse(answer.cause());
            }
        });
    }

    private void found(TaskFound found) {
        boolean ended = found.task().state().isTerminal();
        if (!open && ended && seq >= found.task().progress().seq()) {
            stop();
            client.nothingNew();
            return;
        }
        boolean first = !open;
        if (first) {
            open = true;
            client.open(this::ask);
        }
        boolean knowsNothing = seq < 0;
        List<TaskEvent.Changed> news =
                knowsNothing ? List.of(TaskHistory.current(found.task())) : TaskHistory.after(seq, found);
        if (ended && !knowsNothing && !news.isEmpty()) {
            news.subList(0, news.size() - 1).forEach(this::send);
            output.fromResult().onComplete(told -> {
                send(news.getLast());
                goOn();
            });
            return;
        }
        news.forEach(this::send);
        if (found.task().state() == TaskState.RUNNING && (first || !news.isEmpty())) {
            output.fromNode(found.attempts().getLast().node()).onComplete(told -> goOn());
        } else {
            goOn();
        }
    }

    private void goOn() {
        catchingUp = false;
        if (!client.isClosed()) {
            later.happen();
        }
    }

    private void send(TaskEvent.Changed changed) {
        send(changed, PublicMessage.update(changed));
    }

    private void send(TaskEvent.Changed changed, PublicMessage message) {
        if (changed.seq() <= seq || client.isClosed()) {
            return;
        }
        if (changed.state() != TaskState.RUNNING) {
            output.end();
        }
        seq = changed.seq();
        if (changed.state() == TaskState.RUNNING) {
            output.begin(changed.attempt(), seq);
        }
        client.send(message, Integer.toString(seq));
        if (changed.state().isTerminal()) {
            stop();
            client.end();
        }
    }
}
