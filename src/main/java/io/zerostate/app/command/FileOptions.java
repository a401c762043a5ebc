package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.task.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Files that a program is to find, as options. */
final class FileOptions {
    @Option(
            names = "--file",
            paramLabel = "PATH=FILE",
            description = {
                "The program finds this FILE below / at PATH, such as data/names.csv; may be repeated.",
                "It may change what it finds there, in memory; all of it is gone afterwards."
            })
    private Map<String, Path> files = new LinkedHashMap<>();

    /** @return contents by path; null when there is no file, and so no directory either */
    @Nullable Map<String, Bytes> contents() throws CommandFailedException {
        if (files.isEmpty()) {
            return null;
        }
        Map<String, Bytes> contents = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            contents.put(file.getKey(), read(file.getValue()));
        }
        return contents;
    }

    /** As the contract's {@code NewTask} has them: text where they are that. */
    @Nullable JsonObject json() throws CommandFailedException {
        Map<String, Bytes> contents = contents();
        if (contents == null) {
            return null;
        }
        JsonObject json = new JsonObject();
        contents.forEach((path, content) -> json.put(path, textOrBase64(content.array())));
        return json;
    }

    private static Object textOrBase64(byte[] content) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException notText) {
            return new JsonObject().put("base64", Base64.getEncoder().encodeToString(content));
        }
    }

    private static Bytes read(Path file) throws CommandFailedException {
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new CommandFailedException(ExitCode.NOT_RUNNABLE, "cannot read " + file);
        }
    }
}
