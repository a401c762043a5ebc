package io.zerostate.wasm.chicory;

import com.dylibso.chicory.wasm.ChicoryException;
import java.util.Map;

/** What a trap is called: the words of the specification's own tests, with details where Chicory has them. */
final class TrapText {
    private static final Map<String, String> WORDS = Map.of(
            "Trapped on unreachable instruction", "unreachable",
            "undefined element", "undefined table element");

    private TrapText() {}

    static String of(ChicoryException trap) {
        String message = String.valueOf(trap.getMessage());
        return WORDS.getOrDefault(message, message);
    }
}
