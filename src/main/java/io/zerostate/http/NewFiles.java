package io.zerostate.http;

import io.vertx.core.json.JsonObject;
import io.zerostate.task.Bytes;
import io.zerostate.task.FileSet;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a task brings along, as the contract's {@code NewTask} has them. */
final class NewFiles {
    private final @Nullable JsonObject files;

    NewFiles(JsonObject task) {
        this.files = task.getJsonObject("files");
    }

    /**
     * Reads them.
     *
     * @param quotaBytes what they may take, with names and entries
     * @return null for none
     * @throws ProblemException when one has a path that no file can have, or when they take more than the quota
     */
    @Nullable Map<String, Bytes> within(long quotaBytes) {
        if (files == null) {
            return null;
        }
        Map<String, Bytes> contents = new HashMap<>();
        files.forEach(entry -> contents.put(entry.getKey(), content(entry.getValue())));
        long cost = cost(contents);
        if (cost > quotaBytes) {
            throw NewTask.limit("#/files", "files take " + cost + " bytes, file_bytes is " + quotaBytes);
        }
        return contents;
    }

    private static long cost(Map<String, Bytes> contents) {
        try {
            return FileSet.cost(contents);
        } catch (IllegalArgumentException noFile) {
            throw Problem.invalidField("#/files", String.valueOf(noFile.getMessage())).exception();
        }
    }

    private static Bytes content(Object value) {
        if (value instanceof String text) {
            return Bytes.ofUtf8(text);
        }
        try {
            return Bytes.of(Base64.getDecoder().decode(((JsonObject) value).getString("base64")));
        } catch (IllegalArgumentException e) {
            throw Problem.invalidField("#/files", "has a base64 that is not Base64").exception();
        }
    }
}
