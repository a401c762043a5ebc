package io.zerostate.execution;

import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.ReadOutput;
import io.zerostate.bus.StopRun;
import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Outcome;
import io.zerostate.task.OutputStreamName;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.OutputListener;
import java.util.List;

/** One attempt while it runs: how to stop it, and what it wrote. Safe from any thread. */
final class LiveRun implements OutputListener {
    private final ClaimedTask task;
    private final Deadline deadline;
    private final OutputFeed feed;
    private final LiveBuffer stdout = new LiveBuffer();
    private final LiveBuffer stderr = new LiveBuffer();
    private final LiveAllowance allowance = new LiveAllowance(System.nanoTime());
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

    /** True when {@code request} asks for what this attempt wrote. */
    boolean isMeantBy(ReadOutput request) {
        return task.taskId().equals(request.taskId()) && task.attempt() == request.attempt();
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
            buffer(stream).append(buffer, offset, length);
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

    /**
     * Moves what was written to {@code events}, unless the run has used up its allowance.
     *
     * @return false when it is to be asked again a little later
     */
    synchronized boolean takeOutput(List<TaskEvent> events) {
        int available = Math.min(LiveBuffer.PIECE, allowance.available(System.nanoTime()));
        waiting = available == 0;
        if (!waiting) {
            add(events, OutputStreamName.STDOUT, available, false);
            add(events, OutputStreamName.STDERR, available, false);
        }
        return !waiting;
    }

    /** The run is over: moves the rest to {@code events}, of a flood the end. */
    synchronized void takeRest(List<TaskEvent> events) {
        int available = Math.clamp(allowance.available(System.nanoTime()), LiveAllowance.LAST_WORDS, LiveBuffer.PIECE);
        add(events, OutputStreamName.STDOUT, available, true);
        add(events, OutputStreamName.STDERR, available, true);
    }

    /** What was written from a position of a stream on, or the first piece of it. */
    synchronized LiveBuffer.Chunk read(OutputStreamName stream, long from) {
        return buffer(stream).read(from);
    }

    private void add(List<TaskEvent> events, OutputStreamName stream, int most, boolean last) {
        LiveBuffer.Chunk chunk = buffer(stream).take(most, last);
        if (chunk != null) {
            allowance.spend(chunk.bytes().length());
            events.add(new TaskEvent.Wrote(
                    task.taskId(), task.tenantId(), task.attempt(), stream, chunk.offset(), chunk.bytes()));
        }
    }

    private LiveBuffer buffer(OutputStreamName stream) {
        return stream == OutputStreamName.STDOUT ? stdout : stderr;
    }
}
