package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a task reads. */
final class InputOption {
    @Option(
            names = "--input",
            paramLabel = "TEXT",
            description = "What the task reads on stdin: the text, @FILE, or @- for this command's stdin.")
    private @Nullable String input;

    /** Adds it to what a task is submitted with. */
    void putInto(JsonObject body) throws CommandFailedException {
        if (input == null) {
            return;
        }
        if (!input.startsWith("@")) {
            body.put("input", input);
            return;
        }
        byte[] bytes = read(input.substring(1));
        try {
            body.put("input", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notText) {
            body.put("input_base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static byte[] read(String file) throws CommandFailedException {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException unreadable) {
            throw new CommandFailedException("cannot read " + file);
        }
    }
}
