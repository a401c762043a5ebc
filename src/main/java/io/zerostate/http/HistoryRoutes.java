package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CountTasks;
import io.zerostate.task.Tenant;

/** The last hour, for plots. Event loop only. */
final class HistoryRoutes {
    private final Bus bus;
    private final History history;

    HistoryRoutes(Bus bus, History history) {
        this.bus = bus;
        this.history = history;
    }

    void bind(Operations operations) {
        operations.on("getHistory", context -> Answer.json(context, 200, history.toJson()));
    }

    /** @return done when nothing that happens is missed */
    Future<?> listen(Vertx vertx) {
        vertx.setPeriodic(History.STEP.toMillis(), timer -> bus.request(
                        Addresses.TASK_COUNT, new CountTasks(Tenant.DEFAULT_ID))
                .onComplete(counted -> history.close(counted.result())));
        return Future.all(
                bus.listen(Addresses.TASK_EVENTS, history::hear).completion(),
                bus.listen(Addresses.NODE_STATUS, history::hear).completion());
    }
}
