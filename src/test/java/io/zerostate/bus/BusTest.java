package io.zerostate.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the typed bus promises to those who send and to those who listen. */
class BusTest {
    private static final Operation<CheckHealth, Health> CHECK =
            new Operation<>("test.check", CheckHealth.class, Health.class, Duration.ofMillis(200));
    private static final Topic<WithdrawTasks> NODE_NEWS = new Topic<>("test.node", WithdrawTasks.class, Scope.NODE);
    private static final Topic<WithdrawTasks> CLUSTER_NEWS =
            new Topic<>("test.cluster", WithdrawTasks.class, Scope.CLUSTER);
    private static final WithdrawTasks NEWS = new WithdrawTasks(List.of(new UUID(1, 2)));

    private Vertx vertx;
    private Bus bus;

    @BeforeEach
    void startNode() {
        vertx = Vertx.vertx();
        bus = Bus.withCodecs(vertx);
    }

    @AfterEach
    void stopNode() throws Exception {
        await(vertx.close());
    }

    @Test
    void theReplyReachesTheSender() throws Exception {
        Health up = new Health(true, "fine");
        serve(request -> Future.succeededFuture(up));
        assertThat(await(bus.request(CHECK, new CheckHealth()))).isSameAs(up);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalReachesTheSenderWithItsCodeAndText(ErrorCode code) throws Exception {
        serve(request -> Future.failedFuture(new RefusedException(code, "timeout_ms is 7")));
        RefusedException refusal = refusal();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.detail()).isEqualTo("timeout_ms is 7");
    }

    @Test
    void aThrownRefusalIsLikeAFailedFuture() throws Exception {
        serve(request -> {
            throw new RefusedException(ErrorCode.TASK_RUNNING, "attempt 2 is running");
        });
        assertThat(refusal().code()).isEqualTo(ErrorCode.TASK_RUNNING);
    }

    @Test
    void aFaultReachesTheSenderWithoutItsDetails() throws Exception {
        serve(request -> Future.failedFuture(new IllegalStateException("password is hunter2")));
        assertInternalWithout("hunter2");
    }

    @Test
    void aThrownFaultReachesTheSenderToo() throws Exception {
        serve(request -> {
            throw new IllegalStateException("password is hunter2");
        });
        assertInternalWithout("hunter2");
    }

    @Test
    void anErrorReachesTheSenderToo() throws Exception {
        serve(request -> {
            throw new StackOverflowError("hunter2");
        });
        assertInternalWithout("hunter2");
    }

    @Test
    void aHandlerWithoutFutureIsAFault() throws Exception {
        serve(request -> null);
        assertInternalWithout("future");
    }

    @Test
    void nobodyThereIsUnavailable() {
        assertThat(refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void noAnswerInTimeIsUnavailable() throws Exception {
        Promise<Health> never = Promise.promise();
        serve(request -> never.future());
        assertThat(refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(refusal().detail()).contains("test.check");
    }

    @Test
    void aReplyOfAnotherTypeIsAFault() throws Exception {
        await(vertx.eventBus()
                .localConsumer(CHECK.name(), message -> message.reply(new CheckHealth()))
                .completion());
        assertThat(refusal().code()).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void aRequestOfAnotherTypeIsAFault() throws Exception {
        serve(request -> Future.succeededFuture(new Health(true, "fine")));
        Future<?> reply = vertx.eventBus().request(CHECK.name(), NEWS);
        assertThatThrownBy(() -> await(reply))
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureCode())
                        .isEqualTo(ErrorCode.INTERNAL.number()));
    }

    @Test
    void newsReachEveryListener() throws Exception {
        BlockingQueue<WithdrawTasks> first = listen(CLUSTER_NEWS);
        BlockingQueue<WithdrawTasks> second = listen(CLUSTER_NEWS);
        bus.publish(CLUSTER_NEWS, NEWS);
        assertThat(next(first)).isSameAs(NEWS);
        assertThat(next(second)).isSameAs(NEWS);
    }

    @Test
    void aHintReachesOneListener() throws Exception {
        BlockingQueue<WithdrawTasks> heard = new LinkedBlockingQueue<>();
        await(bus.listen(NODE_NEWS, heard::add).completion());
        await(bus.listen(NODE_NEWS, heard::add).completion());
        bus.send(NODE_NEWS, NEWS);
        bus.send(NODE_NEWS, new WithdrawTasks(List.of()));
        assertThat(next(heard)).isEqualTo(NEWS);
        assertThat(next(heard).taskIds()).isEmpty();
    }

    @Test
    void aListenerThatThrowsStopsNeitherOthersNorItself() throws Exception {
        BlockingQueue<WithdrawTasks> throwing = new LinkedBlockingQueue<>();
        await(bus.listen(NODE_NEWS, news -> {
                    throwing.add(news);
                    throw new IllegalStateException("cannot cope");
                })
                .completion());
        BlockingQueue<WithdrawTasks> other = listen(NODE_NEWS);
        bus.publish(NODE_NEWS, NEWS);
        bus.publish(NODE_NEWS, NEWS);
        for (int i = 0; i < 2; i++) {
            assertThat(next(throwing)).isSameAs(NEWS);
            assertThat(next(other)).isSameAs(NEWS);
        }
    }

    @Test
    void newsAndHintsWithoutListenerAreDropped() throws Exception {
        bus.publish(NODE_NEWS, NEWS);
        bus.publish(CLUSTER_NEWS, NEWS);
        bus.send(NODE_NEWS, NEWS);
        BlockingQueue<WithdrawTasks> late = listen(NODE_NEWS);
        WithdrawTasks second = new WithdrawTasks(List.of());
        bus.publish(NODE_NEWS, second);
        assertThat(next(late)).isSameAs(second);
    }

    @Test
    void anUnregisteredListenerHearsNoMore() throws Exception {
        BlockingQueue<WithdrawTasks> gone = new LinkedBlockingQueue<>();
        var consumer = bus.listen(NODE_NEWS, gone::add);
        await(consumer.completion());
        await(consumer.unregister());
        BlockingQueue<WithdrawTasks> other = listen(NODE_NEWS);
        bus.publish(NODE_NEWS, NEWS);
        next(other);
        assertThat(gone).isEmpty();
    }

    @Test
    void aHandlerRunsOnTheThreadOfTheContextThatRegisteredIt() throws Exception {
        Promise<Thread> registered = Promise.promise();
        Promise<Thread> handled = Promise.promise();
        vertx.getOrCreateContext().runOnContext(ignored -> bus.serve(CHECK, request -> {
                    handled.complete(Thread.currentThread());
                    return Future.succeededFuture(new Health(true, ""));
                })
                .<Thread>map(ready -> Thread.currentThread())
                .onComplete(registered));
        await(registered.future());
        await(bus.request(CHECK, new CheckHealth()));
        assertThat(await(handled.future())).isSameAs(await(registered.future()));
    }

    private void serve(Function<CheckHealth, Future<Health>> handler) throws Exception {
        await(bus.serve(CHECK, handler));
    }

    private BlockingQueue<WithdrawTasks> listen(Topic<WithdrawTasks> topic) throws Exception {
        BlockingQueue<WithdrawTasks> heard = new LinkedBlockingQueue<>();
        await(bus.listen(topic, heard::add).completion());
        return heard;
    }

    private RefusedException refusal() {
        return catchThrowableOfType(RefusedException.class, () -> await(bus.request(CHECK, new CheckHealth())));
    }

    private void assertInternalWithout(String secret) {
        RefusedException refusal = refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(refusal.detail()).contains("test.check").doesNotContain(secret);
    }

    private static WithdrawTasks next(BlockingQueue<WithdrawTasks> heard) throws InterruptedException {
        WithdrawTasks news = heard.poll(5, TimeUnit.SECONDS);
        assertThat(news).isNotNull();
        return news;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(5, TimeUnit.SECONDS);
    }
}
