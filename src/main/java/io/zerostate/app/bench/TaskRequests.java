package io.zerostate.app.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.app.bench.Submitted.Refusal;
import io.zerostate.app.client.HttpStatus;
import io.zerostate.app.client.LoadClient;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/** Submits copies of one task: one by one, or many in a request. */
final class TaskRequests {
    private static final String ONE = "api/v1/tasks";
    private static final String MANY = "api/v1/tasks/batch";
    private static final String ERROR_TYPE = "urn:zerostate:error:";

    private final LoadClient client;
    private final JsonObject task;
    private final int batch;
    private final Buffer fullBody;

    /** @param batch tasks in a full request */
    TaskRequests(LoadClient client, JsonObject task, int batch) {
        this.client = client;
        this.task = task;
        this.batch = batch;
        this.fullBody = body(batch);
    }

    /** Sends one request for so many tasks. Never fails: what goes wrong is a refusal of all of them. */
    Future<Submitted> send(int tasks) {
        return client.post(batch == 1 ? ONE : MANY, tasks == batch ? fullBody : body(tasks))
                .map(answer -> read(answer, tasks))
                .otherwise(failure -> refused(tasks, new Refusal(kind(failure), String.valueOf(failure.getMessage()))));
    }

    private Buffer body(int tasks) {
        return batch == 1 ? task.toBuffer() : new JsonArray(Collections.nCopies(tasks, task)).toBuffer();
    }

    private Submitted read(LoadClient.Answer answer, int tasks) {
        try {
            JsonObject json = new JsonObject(answer.body());
            if (answer.status() >= HttpStatus.FIRST_FAILURE) {
                return refused(tasks, refusal(json, answer.status()));
            }
            return batch == 1 ? items(List.of(json)) : items(json.getJsonArray("items").stream().map(JsonObject.class::cast).toList());
        } catch (DecodeException | ClassCastException | NullPointerException foreign) {
            return refused(tasks, new Refusal("HTTP_" + answer.status(), "the answer is not one of a ZeroState node"));
        }
    }

    private static Submitted items(List<JsonObject> items) {
        List<UUID> accepted = new ArrayList<>(items.size());
        List<Refusal> refused = new ArrayList<>();
        for (JsonObject item : items) {
            String id = item.getString("id");
            if (id == null) {
                refused.add(refusal(item, item.getInteger("status")));
            } else {
                accepted.add(UUID.fromString(id));
            }
        }
        return new Submitted(accepted, refused);
    }

    private static Submitted refused(int tasks, Refusal reason) {
        return new Submitted(List.of(), Collections.nCopies(tasks, reason));
    }

    private static Refusal refusal(JsonObject problem, int status) {
        String type = problem.getString("type", "");
        String kind = type.startsWith(ERROR_TYPE) ? type.substring(ERROR_TYPE.length()) : "HTTP_" + status;
        return new Refusal(kind, problem.getString("detail", kind));
    }

    private static String kind(Throwable failure) {
        return switch (failure) {
            case ConnectException refused -> "NO_CONNECTION";
            case TimeoutException late -> "NO_ANSWER";
            default -> "CONNECTION_BROKE";
        };
    }
}
