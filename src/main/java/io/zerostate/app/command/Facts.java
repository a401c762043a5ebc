package io.zerostate.app.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Named values, one per line. */
final class Facts {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Leaves out what is not there. */
    Facts add(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            values.put(name, Table.oneLine(value.toString()));
        }
        return this;
    }

    @Override
    public String toString() {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        return values.entrySet().stream()
                .map(fact -> fact.getKey() + " ".repeat(width - fact.getKey().length() + 2) + fact.getValue())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
