package io.zerostate.app.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Sends what a plan says, each request at its time or as soon after it as there is room. Confined to the load's event loop. */
final class Sender {
    private static final long ROOM_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LoadPlan plan;
    private final Time time;
    private final IntFunction<Future<Submitted>> requests;
    private final Outstanding outstanding;
    private final Measurement measurement;
    private final Promise<Void> done = Promise.promise();
    private long startedAt;
    private long sentRequests;
    private long sentTasks;
    private int underWay;
    private boolean finished;
    private boolean waking;

    /** @param requests sends one request for so many tasks; never fails */
    Sender(LoadPlan plan, Time time, IntFunction<Future<Submitted>> requests, Outstanding outstanding, Measurement measurement) {
        this.plan = plan;
        this.time = time;
        this.requests = requests;
        this.outstanding = outstanding;
        this.measurement = measurement;
    }

    /** Starts, once. Done when everything was sent and answered. */
    Future<Void> send() {
        startedAt = time.nanos();
        measurement.started(startedAt);
        advance();
        return done.future();
    }

    /** Sends nothing more. */
    void stop() {
        finished = true;
        advance();
    }

    private void advance() {
        while (!finished && underWay < plan.concurrency()) {
            long now = time.nanos() - startedAt;
            long intended = plan.pace().intended(sentRequests, now);
            int tasks = (int) Math.min(plan.batch(), plan.tasks() - sentTasks);
            if (tasks == 0 || intended >= plan.mostNanos()) {
                finished = true;
            } else if (intended > now) {
                wake(intended);
                return;
            } else if (!outstanding.hasRoom()) {
                wake(now + ROOM_CHECK_NANOS);
                return;
            } else {
                send(tasks, startedAt + intended);
            }
        }
        if (finished && underWay == 0) {
            done.tryComplete();
        }
    }

    private void wake(long nanosSinceStart) {
        if (!waking) {
            waking = true;
            time.at(startedAt + nanosSinceStart, () -> {
                waking = false;
                advance();
            });
        }
    }

    private void send(int tasks, long intendedAt) {
        sentRequests++;
        sentTasks += tasks;
        underWay++;
        measurement.sent(tasks);
        requests.apply(tasks).onComplete(answer -> {
            measurement.answered(answer.result(), intendedAt, time.nanos());
            answer.result().accepted().forEach(task -> outstanding.accepted(task, intendedAt));
            underWay--;
            advance();
        });
    }
}
