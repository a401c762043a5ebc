package io.zerostate.queue;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AttemptRan;
import io.zerostate.bus.Bus;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.WorkerIdle;
import io.zerostate.task.Bytes;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A worker on the bus that ends its tasks when the test says so. */
final class ScriptedWorker {
    private final Bus bus;
    private final int slot;
    private final String address;
    private final BlockingQueue<Given> given = new LinkedBlockingQueue<>();
    private final List<ClaimedTask> all = Collections.synchronizedList(new ArrayList<>());
    private boolean prompt;

    /** A task that was sent here and waits for its end. */
    record Given(ClaimedTask task, Promise<AttemptRan> reply) {
        void end(Outcome outcome) {
            CapturedOutput stdout = new CapturedOutput(Bytes.ofUtf8("attempt " + task.attempt()), false);
            reply.complete(new AttemptRan(new RunReport(outcome, stdout, CapturedOutput.NONE, 1, 0)));
        }

        void succeed() {
            end(new Outcome.Completed(0));
        }
    }

    private ScriptedWorker(Bus bus, int slot) {
        this.bus = bus;
        this.slot = slot;
        this.address = Addresses.workerAddress(DispatchNode.NAME, slot);
    }

    static ScriptedWorker start(Bus bus, int slot) {
        ScriptedWorker worker = new ScriptedWorker(bus, slot);
        bus.serve(Addresses.worker(worker.address, Duration.ZERO), request -> {
                    Given task = new Given(request.task(), Promise.promise());
                    worker.take(task);
                    return task.reply().future();
                })
                .await();
        worker.announce();
        return worker;
    }

    void announce() {
        bus.send(Addresses.WORKER_IDLE, new WorkerIdle(slot, address));
    }

    private synchronized void take(Given task) {
        all.add(task.task());
        if (prompt) {
            task.succeed();
        } else {
            given.add(task);
        }
    }

    /** From now on every task succeeds at once; so do those that came before and that nobody has taken. */
    synchronized ScriptedWorker prompt() {
        prompt = true;
        for (Given task = given.poll(); task != null; task = given.poll()) {
            task.succeed();
        }
        return this;
    }

    /** From now on tasks end when the test says so. */
    synchronized ScriptedWorker patient() {
        prompt = false;
        return this;
    }

    /** Waits for the next task. */
    Given next() {
        try {
            Given next = given.poll(20, SECONDS);
            assertThat(next).as("a task for worker %d", slot).isNotNull();
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    boolean hasNothing() {
        return given.isEmpty();
    }

    List<ClaimedTask> all() {
        return List.copyOf(all);
    }
}
