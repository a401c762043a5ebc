package io.zerostate.http;

import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks one parameter of an operation. vertx-openapi 5.0 has this too, but reads a string such as
 * {@code 1.5} as a number, decodes percent signs twice and refuses backslashes.
 */
final class ParameterReader {

    private final Parameter parameter;
    private final Validator validator;

    ParameterReader(Parameter parameter, Contract contract) {
        this.parameter = parameter;
        this.validator = contract.validator(parameter.getSchema());
    }

    String name() {
        return parameter.getName();
    }

    /** Returns the value, or null when it is absent; what is wrong with it goes to {@code errors}. */
    @Nullable Object read(RoutingContext context, List<FieldError> errors) {
        List<String> given = given(context);
        if (given.isEmpty()) {
            if (parameter.isRequired()) {
                errors.add(FieldError.parameter(name(), "is required"));
            }
            return null;
        }
        Object value = parameter.getSchemaType() == SchemaType.ARRAY ? given : scalar(given.getFirst());
        OutputUnit output = validator.validate(value instanceof List<?> list ? new JsonArray(list) : value);
        if (!output.getValid()) {
            SchemaErrors.of(output).errors().forEach(error -> errors.add(FieldError.parameter(name(), error.detail())));
        }
        return value;
    }

    private List<String> given(RoutingContext context) {
        return switch (parameter.getIn()) {
            case QUERY -> context.queryParam(name());
            case HEADER -> context.request().headers().getAll(name());
            case PATH -> one(context.pathParam(name()));
            case COOKIE -> List.of();
        };
    }

    private static List<String> one(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    private Object scalar(String text) {
        return switch (parameter.getSchemaType()) {
            case INTEGER, NUMBER -> number(text);
            case BOOLEAN -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : text;
            case STRING, ARRAY, OBJECT -> text;
        };
    }

    /** A text that is no number is left as it is: then the schema says what is wrong. */
    private static Object number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notAnInteger) {
            return text;
        }
    }
}
