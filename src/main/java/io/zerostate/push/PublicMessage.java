package io.zerostate.push;

import io.vertx.core.json.JsonObject;
import io.zerostate.bus.AgentChanged;
import io.zerostate.bus.NodeStatus;
import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Bytes;
import io.zerostate.task.OutputStreamName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What clients receive, over either transport: the schemas {@code TaskUpdate}, {@code TaskOutput} and their neighbours of the contract.
 * Encoded once, however many clients it goes to.
 *
 * @param json an object, with {@code type} among its members
 */
record PublicMessage(String type, String json) {
    private static final String TASK_UPDATE = "task_update";
    private static final String TASK_OUTPUT = "task_output";

    static PublicMessage update(TaskEvent.Changed changed) {
        return message(TASK_UPDATE)
                .with("task_id", changed.taskId().toString())
                .with("status", changed.state().wireName())
                .with("attempt", changed.attempt())
                .with("query", changed.query().isEmpty() ? null : changed.query())
                .with("message", changed.message())
                .with("progress", changed.state().progress())
                .with("at", time(changed.at()))
                .with("seq", changed.seq())
                .encoded();
    }

    /** Has {@code text}, or {@code base64} where the bytes are not UTF-8. */
    static PublicMessage output(TaskEvent.Wrote wrote) {
        Draft draft = output(wrote.taskId(), wrote.attempt(), wrote.stream(), wrote.offset());
        try {
            return draft.with("text", text(wrote.bytes())).encoded();
        } catch (CharacterCodingException notUtf8) {
            return draft.with("base64", Base64.getEncoder().encodeToString(wrote.bytes().array())).encoded();
        }
    }

    /** Nothing more comes of this stream in this attempt; reads as an output of no text. */
    static PublicMessage outputEnd(UUID taskId, int attempt, OutputStreamName stream, long offset) {
        return output(taskId, attempt, stream, offset).with("text", "").with("end", true).encoded();
    }

    static PublicMessage agent(AgentChanged changed) {
        return message("agent_update")
                .with("agent_id", changed.agentId().toString())
                .with("name", changed.name())
                .with("version", changed.version())
                .with("deleted", changed.deleted())
                .with("at", time(changed.at()))
                .encoded();
    }

    static PublicMessage node(NodeStatus status) {
        return message("node_status")
                .with("node", status.node())
                .with("slots", status.slots())
                .with("busy", status.busy())
                .with("queued", status.queued())
                .with("stopping", status.stopping())
                .with("at", time(status.at()))
                .encoded();
    }

    /** More tasks changed than are told one by one: whoever shows a list asks for it again. */
    static PublicMessage manyChanged(int tasks) {
        return message("queue_update").with("changed", tasks).encoded();
    }

    private static Draft output(UUID taskId, int attempt, OutputStreamName stream, long offset) {
        return message(TASK_OUTPUT)
                .with("task_id", taskId.toString())
                .with("attempt", attempt)
                .with("stream", stream.wireName())
                .with("offset", offset);
    }

    private static Draft message(String type) {
        return new Draft(type, new JsonObject().put("type", type));
    }

    private record Draft(String type, JsonObject body) {
        Draft with(String name, @Nullable Object value) {
            body.put(name, value);
            return this;
        }

        PublicMessage encoded() {
            return new PublicMessage(type, body.encode());
        }
    }

    private static String text(Bytes bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.array())).toString();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
