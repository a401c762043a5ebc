package io.zerostate.push;

import static io.zerostate.task.OutputStreamName.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CharacterBoundaryTest {
    private static final UUID TASK = UUID.randomUUID();

    private final CharacterBoundary boundary = new CharacterBoundary();

    @Property
    void textArrivesAsTextWhereverItIsCut(@ForAll String anything, @ForAll @IntRange(min = 1, max = 7) int chunkBytes) {
        // A lone surrogate is no character: UTF-8 has no bytes for it.
        String text = new String(anything.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + "h\u00e9\u20ac\ud83d\ude00";
        List<JsonObject> messages = messages(text.getBytes(StandardCharsets.UTF_8), chunkBytes);
        assertThat(messages).allSatisfy(message -> assertThat(message.containsKey("text")).isTrue());
        assertThat(String.join("", messages.stream().map(message -> message.getString("text")).toList())).isEqualTo(text);
    }

    @Property
    void everyByteArrivesOnceAtItsOffset(
            @ForAll @Size(max = 64) byte[] bytes, @ForAll @IntRange(min = 1, max = 5) int chunkBytes) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        for (JsonObject message : messages(bytes, chunkBytes)) {
            assertThat(message.getInteger("offset")).isEqualTo(received.size());
            received.writeBytes(
                    message.containsKey("text")
                            ? message.getString("text").getBytes(StandardCharsets.UTF_8)
                            : Base64.getDecoder().decode(message.getString("base64")));
        }
        assertThat(received.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void theNextAttemptDoesNotInheritAHalfCharacter() {
        assertThat(boundary.next(wrote(1, 0, new byte[] {(byte) 0xe2, (byte) 0x82}))).isNull();
        OutputChunk chunk = boundary.next(wrote(2, 0, "ok".getBytes(StandardCharsets.UTF_8)));
        assertThat(chunk).isEqualTo(new OutputChunk(TASK, 2, STDOUT, 0, Bytes.ofUtf8("ok")));
    }

    private static List<JsonObject> messages(byte[] bytes, int chunkBytes) {
        CharacterBoundary boundary = new CharacterBoundary();
        List<OutputChunk> chunks = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunkBytes) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunkBytes));
            chunks.add(boundary.next(wrote(1, at, piece)));
        }
        chunks.add(boundary.rest(TASK, STDOUT));
        return chunks.stream().filter(Objects::nonNull).map(PublicMessage::output).toList();
    }

    private static TaskEvent.Wrote wrote(int attempt, long offset, byte[] bytes) {
        return new TaskEvent.Wrote(TASK, StoredTask.TENANT, attempt, STDOUT, offset, Bytes.of(bytes));
    }
}
