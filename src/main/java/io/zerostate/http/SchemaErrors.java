package io.zerostate.http;

import io.vertx.json.schema.OutputUnit;
import java.util.List;
import java.util.Set;

/**
 * What a schema validation found, cut down to what tells a client something. The validator reports each error once
 * for every schema around it, and each field that is wrong a second time as an additional property: those are left
 * out.
 *
 * @param errors one for each wrong value
 * @param limitExceeded whether nothing is wrong but that values are too large, too long or too many
 */
record SchemaErrors(List<FieldError> errors, boolean limitExceeded) {

    /** More would not help anybody, and a body of 2 MiB can be wrong in very many places. */
    private static final int MOST = 20;

    /** Finding echoes is quadratic. */
    private static final int MOST_LOOKED_AT = 256;

    private static final FieldError NOT_OF_FORM = FieldError.body("#", "does not have the form described");

    private static final Set<String> WRAPPERS =
            Set.of("properties", "$ref", "items", "propertyNames", "allOf", "anyOf", "oneOf");

    private static final Set<String> LIMITS = Set.of("maximum", "maxLength", "maxItems", "maxProperties");

    /** @param output of a validation that failed */
    static SchemaErrors of(OutputUnit output) {
        List<OutputUnit> all = output.getErrors() == null ? List.of() : output.getErrors();
        List<OutputUnit> looked = all.subList(0, Math.min(all.size(), MOST_LOOKED_AT));
        List<OutputUnit> leaves = looked.stream()
                .filter(unit -> !WRAPPERS.contains(keyword(unit)) && !isEcho(unit, looked))
                .toList();
        List<FieldError> errors = leaves.stream().map(SchemaErrors::error).distinct().limit(MOST).toList();
        boolean limits = !leaves.isEmpty() && leaves.stream().allMatch(unit -> LIMITS.contains(keyword(unit)));
        return new SchemaErrors(errors.isEmpty() ? List.of(NOT_OF_FORM) : errors, limits);
    }

    /** An additional property that is wrong for a better reason, given by an error at or below the same place. */
    private static boolean isEcho(OutputUnit unit, List<OutputUnit> all) {
        if (!keyword(unit).equals("additionalProperties")) {
            return false;
        }
        String place = unit.getInstanceLocation();
        return all.stream().anyMatch(other -> other != unit && !keyword(other).equals("additionalProperties")
                && (other.getInstanceLocation().equals(place) || other.getInstanceLocation().startsWith(place + "/")));
    }

    private static FieldError error(OutputUnit unit) {
        String place = unit.getInstanceLocation();
        String message = String.valueOf(unit.getError());
        return switch (keyword(unit)) {
            case "required" -> FieldError.body(place + "/" + quoted(message), "is required");
            case "additionalProperties", "unevaluatedProperties", "false" -> FieldError.body(place, "is not a known field");
            case "type" -> FieldError.body(place, "must be " + after(message, "Expected "));
            case "enum" -> FieldError.body(place, "must be one of " + after(message, "any of "));
            case "format" -> FieldError.body(place, "must be a " + quoted(message));
            case "pattern" -> FieldError.body(place, "has characters that are not allowed, or is incomplete");
            case "not" -> FieldError.body(place, "has fields that exclude each other");
            case "maximum" -> FieldError.body(place, "at most " + after(message, "greater than ") + " is allowed");
            case "minimum" -> FieldError.body(place, "must be at least " + after(message, "less than "));
            default -> FieldError.body(place, message);
        };
    }

    private static String keyword(OutputUnit unit) {
        String location = unit.getKeywordLocation();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** Returns what stands between double quotes in a message of the validator. */
    private static String quoted(String message) {
        int from = message.indexOf('"');
        int to = message.lastIndexOf('"');
        return from < 0 || to <= from ? message : message.substring(from + 1, to);
    }

    private static String after(String message, String words) {
        int at = message.indexOf(words);
        return at < 0 ? message : message.substring(at + words.length());
    }
}
