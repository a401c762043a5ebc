package io.zerostate.app.bench;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.HttpStatus;
import io.zerostate.app.client.LoadClient;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Asks a node about many tasks, some at a time. */
final class TaskLookup {
    private static final int AT_A_TIME = 8;

    private final LoadClient client;

    TaskLookup(LoadClient client) {
        this.client = client;
    }

    /**
     * Passes each task on as the node shows it. Those that it does not show are left out, so this never fails. To be called on the event
     * loop.
     *
     * @param things what there is to look up
     * @param id of the task that such a thing is about
     */
    <T> Future<Void> each(List<T> things, Function<T, UUID> id, BiConsumer<T, JsonObject> shown) {
        Iterator<T> left = things.iterator();
        return Future.join(IntStream.range(0, AT_A_TIME).mapToObj(one -> next(left, id, shown)).toList()).mapEmpty();
    }

    private <T> Future<Void> next(Iterator<T> left, Function<T, UUID> id, BiConsumer<T, JsonObject> shown) {
        if (!left.hasNext()) {
            return Future.succeededFuture();
        }
        T thing = left.next();
        return client.get("api/v1/tasks/" + id.apply(thing))
                .onSuccess(answer -> {
                    if (answer.status() < HttpStatus.FIRST_FAILURE) {
                        shown.accept(thing, new JsonObject(answer.body()));
                    }
                })
                .transform(answered -> next(left, id, shown));
    }
}
