package io.zerostate.push;

import io.vertx.core.json.JsonObject;
import io.zerostate.bus.AgentChanged;
import io.zerostate.bus.NodeStatus;
import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** The JSON of what browsers and SSE clients receive, the schemas {@code TaskUpdate} and {@code TaskOutput} of the contract. */
final class PublicMessage {
    static final String TASK_UPDATE = "task_update";
    static final String TASK_OUTPUT = "task_output";

    private PublicMessage() {}

    static JsonObject update(TaskEvent.Changed changed) {
        return new JsonObject()
                .put("type", TASK_UPDATE)
                .put("task_id", changed.taskId().toString())
                .put("status", changed.state().wireName())
                .put("attempt", changed.attempt())
                .put("query", changed.query().isEmpty() ? null : changed.query())
                .put("message", changed.message())
                .put("progress", changed.state().progress())
                .put("at", time(changed.at()))
                .put("seq", changed.seq());
    }

    /** Has {@code text}, or {@code base64} where the bytes are not UTF-8. */
    static JsonObject output(OutputChunk chunk) {
        JsonObject message = new JsonObject()
                .put("type", TASK_OUTPUT)
                .put("task_id", chunk.taskId().toString())
                .put("attempt", chunk.attempt())
                .put("stream", chunk.stream().wireName())
                .put("offset", chunk.offset());
        try {
            return message.put("text", text(chunk.bytes()));
        } catch (CharacterCodingException notUtf8) {
            return message.put("base64", Base64.getEncoder().encodeToString(chunk.bytes().array()));
        }
    }

    static JsonObject agent(AgentChanged changed) {
        return new JsonObject()
                .put("type", "agent_update")
                .put("agent_id", changed.agentId().toString())
                .put("name", changed.name())
                .put("version", changed.version())
                .put("deleted", changed.deleted())
                .put("at", time(changed.at()));
    }

    static JsonObject node(NodeStatus status) {
        return new JsonObject()
                .put("type", "node_status")
                .put("node", status.node())
                .put("slots", status.slots())
                .put("busy", status.busy())
                .put("queued", status.queued())
                .put("stopping", status.stopping())
                .put("at", time(status.at()));
    }

    /** More tasks changed than are told one by one: whoever shows a list asks for it again. */
    static JsonObject manyChanged(int tasks) {
        return new JsonObject().put("type", "queue_update").put("changed", tasks);
    }

    private static String text(Bytes bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.array())).toString();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
