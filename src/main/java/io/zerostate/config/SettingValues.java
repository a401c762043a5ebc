package io.zerostate.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The merged values by path, read with a type and a range. What is wrong is collected, so that people hear of everything at
 * once; until then a bad value reads as its default.
 */
final class SettingValues {
    private record Value(Object value, String source) {}

    private static final long MIB = 1L << 20;

    private final Map<String, Object> defaults;
    private final String defaultsSource;
    private final SortedMap<String, Value> values = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    SettingValues(SettingLayer defaults) {
        this.defaults = defaults.values();
        this.defaultsSource = defaults.source();
        this.defaults.forEach((path, value) -> values.put(path, new Value(value, defaultsSource)));
    }

    /** Puts a layer over those before it. Keys that have no default are problems. */
    void overlay(SettingLayer layer) {
        layer.values().forEach((path, value) -> {
            if (defaults.containsKey(path)) {
                values.put(path, new Value(value, layer.source()));
            } else {
                problem("unknown key " + path + " in " + layer.source());
            }
        });
    }

    /** Lowers a size that nobody has set, down to whole MiB where there are any. Whoever set one meant it. */
    void lowerDefault(String path, long mostBytes) {
        Value value = values.get(path);
        Object byDefault = defaults.get(path);
        boolean isDefault = value != null && value.source().equals(defaultsSource);
        if (isDefault && Quantity.bytes(String.valueOf(byDefault)) > mostBytes) {
            long lowered = mostBytes < MIB ? mostBytes : mostBytes / MIB * MIB;
            values.put(path, new Value(Quantity.ofBytes(lowered), defaultsSource));
        }
    }

    void problem(String text) {
        problems.add(text);
    }

    /** Each path with its value, as it was written. */
    SortedMap<String, String> asText() {
        SortedMap<String, String> text = new TreeMap<>();
        values.forEach((path, value) -> text.put(path, String.valueOf(value.value())));
        return text;
    }

    /** @throws ConfigurationException when anything was wrong */
    void requireNoProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    String text(String path) {
        return read(path, SettingValues::requireText);
    }

    String oneOf(String path, List<String> choices) {
        return read(path, value -> {
            String text = requireText(value);
            if (!choices.contains(text)) {
                throw new IllegalArgumentException("must be one of " + String.join(", ", choices));
            }
            return text;
        });
    }

    boolean flag(String path) {
        return Boolean.parseBoolean(read(path, value -> {
            String text = String.valueOf(value);
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("must be true or false");
            }
            return text;
        }));
    }

    int integer(String path, int minimum, int maximum) {
        return (int) number(path, "a whole number", Long::parseLong, minimum, maximum, String::valueOf);
    }

    Duration duration(String path, Duration minimum, Duration maximum) {
        return Duration.ofMillis(number(
                path,
                "a duration such as 500ms, 15s or 5m",
                Quantity::milliseconds,
                minimum.toMillis(),
                maximum.toMillis(),
                Quantity::ofMilliseconds));
    }

    long bytes(String path, long minimum, long maximum) {
        return number(
                path, "a size such as 65536, 256KiB or 128MiB", Quantity::bytes, minimum, maximum, Quantity::ofBytes);
    }

    private long number(
            String path, String what, Function<String, Long> parse, long minimum, long maximum, Function<Long, String> format) {
        return read(path, value -> {
            long number;
            try {
                number = parse.apply(String.valueOf(value));
            } catch (IllegalArgumentException notOne) {
                throw new IllegalArgumentException("must be " + what);
            }
            if (number < minimum || number > maximum) {
                throw new IllegalArgumentException(
                        "must be between " + format.apply(minimum) + " and " + format.apply(maximum));
            }
            return number;
        });
    }

    private static String requireText(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("must be text");
    }

    private <T> T read(String path, Function<Object, T> parse) {
        Value value = values.get(path);
        Object byDefault = defaults.get(path);
        if (value == null || byDefault == null) {
            throw new IllegalStateException("no default for " + path);
        }
        try {
            return parse.apply(value.value());
        } catch (IllegalArgumentException bad) {
            problem(path + " " + bad.getMessage() + ", but is \"" + value.value() + "\" in " + value.source());
            return parse.apply(byDefault);
        }
    }
}
