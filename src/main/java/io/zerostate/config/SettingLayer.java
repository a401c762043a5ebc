package io.zerostate.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values from one place, by the path of their key ({@code http.port}).
 *
 * @param source names the place to people
 * @param values strings, numbers, booleans or lists; never an object
 */
record SettingLayer(String source, Map<String, Object> values) {

    /** What JSON calls null: not text, not a number, so that no setting takes it. */
    private enum NoValue {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    /**
     * Reads a JSON document.
     *
     * @throws ConfigurationException when the text is not a JSON object
     */
    static SettingLayer ofJson(String source, String text) {
        JsonObject document;
        try {
            document = new JsonObject(text);
        } catch (DecodeException notJson) {
            throw new ConfigurationException(
                    List.of(source + " is not a JSON object: " + firstLine(notJson.getMessage())));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        flatten("", document, values);
        return new SettingLayer(source, values);
    }

    private static void flatten(String prefix, JsonObject section, Map<String, Object> values) {
        for (String key : section.fieldNames()) {
            Object value = section.getValue(key);
            if (value instanceof JsonObject inner) {
                flatten(prefix + key + ".", inner, values);
            } else {
                values.put(prefix + key, value == null ? NoValue.NULL : value);
            }
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
