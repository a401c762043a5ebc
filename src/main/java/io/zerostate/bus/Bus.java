package io.zerostate.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus with types: what may be sent where is checked by the compiler, and a failure reaches the sender as what it is.
 * (Plain Vert.x turns an exception in a consumer into the sender's timeout.)
 *
 * <p>Safe from any thread. Consumers run on the context that registered them.
 */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private final EventBus eventBus;

    /** Registers the codecs of all messages with this Vert.x; call once per Vert.x instance. */
    public static Bus withCodecs(Vertx vertx) {
        Codecs.registerAll(vertx.eventBus());
        return new Bus(vertx.eventBus());
    }

    private Bus(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    /**
     * Asks whoever serves {@code operation}, on this node unless its scope says otherwise.
     *
     * @return the reply; fails with {@link RefusedException}: what the receiver refused with, {@code UNAVAILABLE} when nobody serves
     *     the operation or answers in time, {@code INTERNAL} when the receiver failed or its reply cannot be read
     */
    public <Q extends BusMessage, R extends BusMessage> Future<R> request(Operation<Q, R> operation, Q request) {
        DeliveryOptions options =
                options(operation.scope()).setSendTimeout(operation.timeout().toMillis());
        return eventBus.request(operation.name(), request, options)
                .map(reply -> operation.reply().cast(reply.body()))
                .recover(failure -> Future.failedFuture(refusal(operation, failure)));
    }

    /** Sends to one receiver and forgets. A message that nobody takes is lost: only hints may go this way. */
    public <M extends BusMessage> void send(Topic<M> topic, M message) {
        eventBus.send(topic.name(), message, options(topic.scope()));
    }

    /** Sends to every receiver and forgets. */
    public <M extends BusMessage> void publish(Topic<M> topic, M message) {
        eventBus.publish(topic.name(), message, options(topic.scope()));
    }

    /**
     * Answers {@code operation}, for this node unless its scope says otherwise.
     *
     * @param handler called on the context that called this method. A {@link RefusedException}, thrown or as a failed future, is
     *     answered as it is; anything else is logged and answered as {@code INTERNAL}
     * @return done when requests reach the handler
     */
    public <Q extends BusMessage, R extends BusMessage> Future<Void> serve(
            Operation<Q, R> operation, Function<Q, Future<R>> handler) {
        Handler<Message<Object>> consumer = message -> answer(operation, message, handler);
        return (operation.scope() == Scope.NODE
                        ? eventBus.localConsumer(operation.name(), consumer)
                        : eventBus.consumer(operation.name(), consumer))
                .completion();
    }

    /**
     * Listens to {@code topic}.
     *
     * @param handler called on the context that called this method; what it throws is logged
     * @return the consumer; its {@code completion()} is done when messages reach the handler
     */
    public <M extends BusMessage> MessageConsumer<M> listen(Topic<M> topic, Consumer<M> handler) {
        return topic.scope() == Scope.NODE
                ? eventBus.localConsumer(topic.name(), message -> hear(topic, message, handler))
                : eventBus.consumer(topic.name(), message -> hear(topic, message, handler));
    }

    private static <Q extends BusMessage, R extends BusMessage> void answer(
            Operation<Q, R> operation, Message<Object> message, Function<Q, Future<R>> handler) {
        Future<R> reply;
        try {
            reply = Objects.requireNonNull(handler.apply(operation.request().cast(message.body())), "the handler gave no future");
        } catch (Throwable failure) {
            // An Error as well: whatever leaves a consumer reaches the sender as nothing but silence.
            reply = Future.failedFuture(failure);
        }
        reply.onSuccess(message::reply).onFailure(failure -> {
            if (failure instanceof RefusedException refused) {
                message.fail(refused.code().number(), refused.detail());
            } else {
                LOG.error("{} failed", operation.name(), failure);
                message.fail(ErrorCode.INTERNAL.number(), operation.name() + " failed, see the node's log");
            }
        });
    }

    private static <M extends BusMessage> void hear(Topic<M> topic, Message<M> message, Consumer<M> handler) {
        try {
            handler.accept(message.body());
        } catch (Throwable failure) {
            LOG.error("listener of {} failed", topic.name(), failure);
        }
    }

    private static RefusedException refusal(Operation<?, ?> operation, Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            // There was a reply, and this build cannot read it.
            LOG.error("reply of {} cannot be read", operation.name(), failure);
            return new RefusedException(ErrorCode.INTERNAL, operation.name() + " failed, see the node's log");
        }
        if (reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
            return new RefusedException(ErrorCode.ofNumber(reply.failureCode()), String.valueOf(reply.getMessage()));
        }
        return new RefusedException(ErrorCode.UNAVAILABLE, operation.name() + " does not answer: " + reply.getMessage());
    }

    private static DeliveryOptions options(Scope scope) {
        return new DeliveryOptions().setLocalOnly(scope == Scope.NODE);
    }
}
