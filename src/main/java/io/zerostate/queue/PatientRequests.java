package io.zerostate.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.bus.BusMessage;
import io.zerostate.bus.Operation;
import io.zerostate.task.RefusedException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again until there is an answer: what a program produced must not be lost because PostgreSQL is away for a while. */
final class PatientRequests {
    private static final Logger LOG = LoggerFactory.getLogger(PatientRequests.class);

    /** A request that the store cannot take, for a fault of ours, does not get better by repeating it. */
    private static final int MOST_REFUSALS = 5;

    private final Ports ports;

    PatientRequests(Ports ports) {
        this.ports = ports;
    }

    /**
     * @param worthwhile asked before each further try
     * @return the answer; fails when further tries are not worthwhile, or when the request was refused several times
     */
    <Q extends BusMessage, R extends BusMessage> Future<R> request(
            Operation<Q, R> operation, Q request, BooleanSupplier worthwhile) {
        Promise<R> answer = Promise.promise();
        attempt(new Call<>(operation, request, worthwhile, answer), 0, 0);
        return answer.future();
    }

    private <Q extends BusMessage, R extends BusMessage> void attempt(Call<Q, R> call, int failures, int refusals) {
        ports.bus().request(call.operation(), call.request()).onSuccess(call.answer()::complete).onFailure(failure -> {
            int refused = RefusedException.isUnavailable(failure) ? refusals : refusals + 1;
            if (refused >= MOST_REFUSALS || !call.worthwhile().getAsBoolean()) {
                call.answer().fail(failure);
                return;
            }
            long delayMs = Backoff.DEPENDENCY.delayMs(failures + 1);
            LOG.warn("{} failed, trying again in {} ms: {}", call.operation().name(), delayMs, failure.getMessage());
            ports.vertx().setTimer(delayMs, timer -> {
                if (call.worthwhile().getAsBoolean()) {
                    attempt(call, failures + 1, refused);
                } else {
                    call.answer().fail(failure);
                }
            });
        });
    }

    private record Call<Q extends BusMessage, R extends BusMessage>(
            Operation<Q, R> operation, Q request, BooleanSupplier worthwhile, Promise<R> answer) {}
}
