package io.zerostate.queue.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/** The scripts as Redis gets them: each with the clock and the common part before it. */
final class ScriptTexts {
    /**
     * One script.
     *
     * @param sha1 of the text, by which Redis knows a script that it has seen before
     */
    record ScriptText(String text, String sha1) {}

    private final Map<Script, ScriptText> texts = new EnumMap<>(Script.class);

    /**
     * @param clock Lua that defines the function {@code clock}
     */
    private ScriptTexts(String clock) {
        String before = clock + resource("line.lua");
        for (Script script : Script.values()) {
            String text = before + resource(script.fileName());
            texts.put(script, new ScriptText(text, sha1(text)));
        }
    }

    /** With Redis' own clock. */
    static ScriptTexts load() {
        return new ScriptTexts(resource("clock.lua"));
    }

    /** With a clock of the test's. */
    static ScriptTexts withClock(String clock) {
        return new ScriptTexts(clock);
    }

    ScriptText of(Script script) {
        return texts.get(script);
    }

    private static String resource(String name) {
        try (InputStream in = ScriptTexts.class.getResourceAsStream("/queue/redis/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file queue/redis/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
