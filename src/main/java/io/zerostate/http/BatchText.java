package io.zerostate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Validator;
import io.zerostate.task.ErrorCode;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the body of a batch. Takes a while for a large one: not for the event loop. */
final class BatchText {

    /** Most items of one batch. */
    static final int MOST_ITEMS = 1_000;

    private BatchText() {}

    /**
     * Reads a JSON array of tasks.
     *
     * @return per item what was asked for or why it was refused
     * @throws ProblemException when the whole is no such array, or too long
     */
    static List<BatchItem> readArray(@Nullable Buffer text, Validator newTask) {
        if (!(JsonText.parse(text == null ? Buffer.buffer() : text) instanceof JsonArray array)) {
            throw Problem.invalidField("#", "must be an array of tasks").exception();
        }
        requireSize(array.size());
        return array.stream().map(value -> item(() -> value, newTask)).toList();
    }

    /** Reads one task per line; otherwise as {@link #readArray}. */
    static List<BatchItem> readLines(@Nullable Buffer text, Validator newTask) {
        List<String> lines = text == null
                ? List.of()
                : text.toString().lines().filter(line -> !line.isBlank()).limit(MOST_ITEMS + 1L).toList();
        requireSize(lines.size());
        return lines.stream().map(line -> item(() -> JsonText.parse(Buffer.buffer(line)), newTask)).toList();
    }

    private static void requireSize(int items) {
        if (items == 0) {
            throw Problem.invalidField("#", "has no tasks").exception();
        }
        if (items > MOST_ITEMS) {
            String detail = "more tasks than the " + MOST_ITEMS + " allowed in a batch";
            throw new Problem(ErrorCode.LIMIT_EXCEEDED, "There are " + detail + ".", List.of(FieldError.body("#", detail)))
                    .exception();
        }
    }

    private static BatchItem item(Supplier<@Nullable Object> value, Validator newTask) {
        try {
            Object task = value.get();
            RequestValidation.require(task, newTask);
            return new BatchItem.Asked(new NewTask((JsonObject) task));
        } catch (ProblemException refused) {
            return new BatchItem.Refused(refused.problem());
        }
    }
}
