package io.zerostate.queue.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.config.RedisSettings;
import io.zerostate.queue.TaskQueue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue that all nodes of a cluster share. Safe from any thread; every call answers on the caller's context, at the latest after
 * {@link RedisSettings#timeout()}, and fails with a {@link io.zerostate.task.RefusedException} {@code UNAVAILABLE} that names Redis
 * and says why. Whether a call that failed took effect is not known, and calling again is right.
 *
 * <p>Redis' clock decides when a task is due and when a lease has expired, never a node's. {@link QueueEntry#runAt} comes from PostgreSQL's
 * clock and is compared with that of Redis: where they differ, tasks are leased early or late by the difference. Early, PostgreSQL
 * refuses the claim and the task goes back in line; so keep both clocks in step (NTP).
 *
 * <p>Times are kept to the microsecond, as PostgreSQL has them; finer ones are rounded up.
 */
public final class RedisTaskQueue implements TaskQueue {
    /** Entries or ids in one script, which no other call waits for longer than some milliseconds. */
    private static final int MOST_AT_ONCE = 500;

    private final String node;
    private final String leaseMicros;
    private final RedisScripts scripts;
    private final Doorbell bell;
    private final Releases releases;

    private RedisTaskQueue(String node, Duration lease, RedisScripts scripts, Doorbell bell, Releases releases) {
        this.node = node;
        this.leaseMicros = Long.toString(lease.toNanos() / 1_000);
        this.scripts = scripts;
        this.bell = bell;
        this.releases = releases;
    }

    /**
     * Connects with the first call, so that this succeeds while Redis is away. The caller closes the queue.
     *
     * @param node owner of the leases
     * @param lease how long a lease lasts without a heartbeat
     */
    public static RedisTaskQueue connect(Vertx vertx, RedisSettings settings, String node, Duration lease) {
        return connect(vertx, settings, node, lease, ScriptTexts.load());
    }

    static RedisTaskQueue connect(Vertx vertx, RedisSettings settings, String node, Duration lease, ScriptTexts texts) {
        RedisTarget target = new RedisTarget(settings);
        QueueKeys keys = QueueKeys.of(settings.namespace());
        RedisScripts scripts = new RedisScripts(new RedisLink(vertx, target), target, keys, texts);
        Releases releases = new Releases(vertx, taskIds -> inSlices(taskIds, slice -> scripts.run(
                Script.RELEASE, Stream.concat(Stream.of(node), slice.stream().map(UUID::toString)).toList())));
        return new RedisTaskQueue(node, lease, scripts, new Doorbell(vertx, target, scripts, keys), releases);
    }

    /** Ends the connections. Calls that wait for an answer fail, and so do later ones. */
    public Future<Void> close() {
        releases.send();
        return Future.join(bell.close(), scripts.close()).mapEmpty();
    }

    @Override
    public Future<Void> offer(List<QueueEntry> entries) {
        Map<UUID, QueueEntry> last = new LinkedHashMap<>();
        entries.forEach(entry -> last.put(entry.taskId(), entry));
        return inSlices(List.copyOf(last.values()), slice -> {
            List<Place> places = slice.stream().map(Place::of).toList();
            return run(
                    Script.OFFER,
                    Stream.of(
                                    slice.stream().map(entry -> entry.taskId().toString()),
                                    places.stream().map(Place::turn),
                                    places.stream().map(Place::due))
                            .flatMap(Function.identity()));
        });
    }

    @Override
    public Future<List<QueueEntry>> lease(int count) {
        if (count <= 0) {
            return Future.succeededFuture(List.of());
        }
        int now = Math.min(count, MOST_AT_ONCE);
        return run(Script.LEASE, Stream.of(node, leaseMicros, Integer.toString(now)))
                .map(answer -> texts(answer).map(Place::read).toList())
                .compose(leased -> leased.size() < now || count == now
                        ? Future.succeededFuture(leased)
                        : lease(count - now).map(rest -> Stream.concat(leased.stream(), rest.stream()).toList()));
    }

    @Override
    public Future<List<UUID>> heartbeat(List<UUID> taskIds) {
        // Whoever holds nothing wants to know, too, whether their heartbeats arrive.
        return taskIds.isEmpty() ? check().map(List.of()) : findInSlices(taskIds, slice -> run(
                Script.HEARTBEAT, Stream.concat(Stream.of(node, leaseMicros), slice.stream().map(UUID::toString))));
    }

    @Override
    public Future<Void> release(UUID taskId) {
        return releases.add(taskId);
    }

    @Override
    public Future<Void> requeue(QueueEntry entry) {
        Place place = Place.of(entry);
        return run(Script.REQUEUE, Stream.of(node, entry.taskId().toString(), place.turn(), place.due())).mapEmpty();
    }

    @Override
    public Future<List<LostLease>> reap(int count) {
        int now = Math.clamp(count, 0, MOST_AT_ONCE);
        return run(Script.REAP, Stream.of(node, leaseMicros, Integer.toString(now))).map(RedisTaskQueue::lostLeases);
    }

    @Override
    public Future<List<UUID>> missing(List<UUID> taskIds) {
        return findInSlices(taskIds, slice -> run(Script.MISSING, slice.stream().map(UUID::toString)));
    }

    @Override
    public Future<Void> adopt(List<LostLease> leases) {
        return inSlices(leases, slice -> run(
                Script.ADOPT,
                Stream.concat(
                        Stream.of(leaseMicros),
                        slice.stream().flatMap(lease -> Stream.of(lease.taskId().toString(), lease.node())))));
    }

    @Override
    public Future<Void> withdraw(List<UUID> taskIds) {
        return inSlices(taskIds, slice -> run(Script.WITHDRAW, slice.stream().map(UUID::toString)));
    }

    @Override
    public Future<Long> depth() {
        return run(Script.DEPTH, Stream.empty()).map(RedisTaskQueue::number);
    }

    @Override
    public Future<Void> awaitWork(Duration patience) {
        return run(Script.LOOK, Stream.empty()).compose(answer -> {
            long dueMicros = number(answer);
            if (dueMicros == 0) {
                return Future.succeededFuture();
            }
            Duration due = Duration.of(dueMicros, ChronoUnit.MICROS);
            return bell.listen(dueMicros < 0 || due.compareTo(patience) > 0 ? patience : due);
        });
    }

    @Override
    public Future<Void> check() {
        return depth().mapEmpty();
    }

    private Future<@Nullable Response> run(Script script, Stream<String> arguments) {
        releases.send();
        return scripts.run(script, arguments.toList());
    }

    private static Stream<String> texts(@Nullable Response answer) {
        return answer == null ? Stream.empty() : answer.stream().map(Response::toString);
    }

    private static long number(@Nullable Response answer) {
        return answer == null ? 0 : answer.toLong();
    }

    private static List<LostLease> lostLeases(@Nullable Response answer) {
        List<String> texts = texts(answer).toList();
        List<LostLease> leases = new ArrayList<>(texts.size() / 2);
        for (int i = 0; i < texts.size(); i += 2) {
            leases.add(new LostLease(UUID.fromString(texts.get(i)), texts.get(i + 1)));
        }
        return leases;
    }

    private static Future<List<UUID>> findInSlices(
            List<UUID> taskIds, Function<List<UUID>, Future<@Nullable Response>> call) {
        return each(taskIds, call)
                .map(answers -> answers.stream().flatMap(RedisTaskQueue::texts).map(UUID::fromString).toList());
    }

    private static <T> Future<Void> inSlices(List<T> all, Function<List<T>, Future<@Nullable Response>> call) {
        return each(all, call).mapEmpty();
    }

    /** All slices are on their way at once, in order. */
    private static <T> Future<List<@Nullable Response>> each(
            List<T> all, Function<List<T>, Future<@Nullable Response>> call) {
        List<Future<@Nullable Response>> calls = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
            calls.add(call.apply(all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE))));
        }
        return Future.join(calls).map(done -> done.<Response>list());
    }
}
