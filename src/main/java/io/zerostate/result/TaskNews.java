package io.zerostate.result;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.TaskEvents;
import io.zerostate.metrics.TaskMetrics;
import io.zerostate.task.TaskState;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells everybody what was committed: live clients over the bus, operators in the log and in the meters, and who counts the line. */
final class TaskNews {
    private static final Logger LOG = LoggerFactory.getLogger(TaskNews.class);

    private final Bus bus;
    private final TaskMetrics metrics;
    private final Admission admission;

    TaskNews(Bus bus, TaskMetrics metrics, Admission admission) {
        this.bus = bus;
        this.metrics = metrics;
        this.admission = admission;
    }

    /** One statement's changes, in order per task. */
    void changed(List<TaskChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        bus.publish(
                Addresses.TASK_EVENTS,
                new TaskEvents(changes.stream().map(TaskChange::event).toList()));
        changes.forEach(this::record);
        admission.ended(changes);
    }

    private void record(TaskChange change) {
        metrics.changed(change.state());
        // One line per task where all goes well: at thousands of tasks a second, two more cost a tenth of the processor.
        Level level = change.state() == TaskState.QUEUED || change.state() == TaskState.RUNNING ? Level.DEBUG : Level.INFO;
        LoggingEventBuilder line = LOG.atLevel(level)
                .addKeyValue("task_id", change.taskId())
                .addKeyValue("attempt", change.attempt())
                .addKeyValue("state", change.state().wireName());
        if (change.failure() != null && change.state() != TaskState.RUNNING) {
            line = line.addKeyValue("failure", change.failure().code().kind());
        }
        line.log("task is {}", change.state().wireName());
    }

    /** The report of an attempt that was not current any more. */
    void finishRefused(UUID taskId, int attempt) {
        metrics.finishRefused();
        LOG.atWarn()
                .addKeyValue("task_id", taskId)
                .addKeyValue("attempt", attempt)
                .log("stale report of an attempt was refused");
    }
}
