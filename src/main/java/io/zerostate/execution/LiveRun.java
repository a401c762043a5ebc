package io.zerostate.execution;

import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.StopRun;
import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Outcome;
import io.zerostate.task.OutputStreamName;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.OutputListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt while it runs: how to stop it, and what it wrote lately. Safe from any thread. */
final class LiveRun implements OutputListener {
    private final ClaimedTask task;
    private final Deadline deadline;
    private final OutputFeed feed;
    private final LiveBuffer stdout = new LiveBuffer();
    private final LiveBuffer stderr = new LiveBuffer();
    private boolean waiting;
    private boolean hasWritten;

    LiveRun(ClaimedTask task, Deadline deadline, OutputFeed feed) {
        this.task = task;
        this.deadline = deadline;
        this.feed = feed;
    }

    /** True when {@code request} is about this attempt. */
    boolean isMeantBy(StopRun request) {
        return task.taskId().equals(request.taskId()) && (request.attempt() == 0 || request.attempt() == task.attempt());
    }

    /** Ends the run within milliseconds, unless it is over. */
    void stop(StopRun.Reason reason) {
        deadline.stop(switch (reason) {
            case CANCELLED -> new Outcome.Cancelled();
            case LEASE_LOST -> new Outcome.Lost("The node lost its lease of the task");
            case SHUTDOWN -> new Outcome.Lost("The node stops");
        });
    }

    /** Called on the worker's thread. */
    @Override
    public void wrote(OutputStreamName stream, byte[] buffer, int offset, int length) {
        synchronized (this) {
            (stream == OutputStreamName.STDOUT ? stdout : stderr).append(buffer, offset, length);
            hasWritten = true;
            if (waiting) {
                return;
            }
            waiting = true;
        }
        feed.offer(this);
    }

    synchronized boolean hasWritten() {
        return hasWritten;
    }

    /** Moves what was written to {@code events}. */
    synchronized void takeOutput(List<TaskEvent> events) {
        waiting = false;
        add(events, OutputStreamName.STDOUT, stdout.take());
        add(events, OutputStreamName.STDERR, stderr.take());
    }

    private void add(List<TaskEvent> events, OutputStreamName stream, LiveBuffer.@Nullable Chunk chunk) {
        if (chunk != null) {
            events.add(new TaskEvent.Wrote(
                    task.taskId(), task.tenantId(), task.attempt(), stream, chunk.offset(), chunk.bytes()));
        }
    }
}
