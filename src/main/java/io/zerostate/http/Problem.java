package io.zerostate.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not done, as problem details (RFC 9457).
 *
 * @param code gives type, title and status
 * @param detail one or more sentences for people; never a stack trace
 * @param errors the parts of the request that are wrong, empty when it is not about parts
 */
record Problem(ErrorCode code, String detail, List<FieldError> errors) {

    private static final String TYPE = "urn:zerostate:error:";

    Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(ErrorCode code, String detail) {
        return new Problem(code, detail, List.of());
    }

    static Problem of(RefusedException refused) {
        return of(refused.code(), refused.detail());
    }

    static Problem of(Failure refusal) {
        return of(refusal.code(), refusal.message());
    }

    /** What a body was refused for: 422 when nothing is wrong but that it asks for too much, else 400. */
    static Problem of(SchemaErrors found) {
        FieldError first = found.errors().getFirst();
        return found.limitExceeded()
                ? new Problem(ErrorCode.LIMIT_EXCEEDED, fieldName(first) + ": " + first.detail() + ".", found.errors())
                : new Problem(
                        ErrorCode.INVALID_REQUEST,
                        "The body does not have the form described; " + fieldName(first) + " " + first.detail() + ".",
                        found.errors());
    }

    static Problem invalidParameters(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        return new Problem(ErrorCode.INVALID_REQUEST, first.name() + " " + first.detail() + ".", errors);
    }

    static Problem invalidParameter(String name, String detail) {
        return invalidParameters(List.of(FieldError.parameter(name, detail)));
    }

    static Problem invalidField(String pointer, String detail) {
        FieldError error = FieldError.body(pointer, detail);
        return new Problem(ErrorCode.INVALID_REQUEST, fieldName(error) + " " + detail + ".", List.of(error));
    }

    static Problem malformed(String detail) {
        return new Problem(ErrorCode.INVALID_REQUEST, detail, List.of(FieldError.body("#", "is not valid JSON")));
    }

    static Problem unsupportedMediaType(@Nullable String given, List<String> taken) {
        String sent = given == null ? "The request has no Content-Type" : "The Content-Type is " + given;
        return of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, sent + ", expected " + String.join(" or ", taken) + ".");
    }

    static Problem tooLarge(long mostBytes) {
        return of(ErrorCode.PAYLOAD_TOO_LARGE, "The body has more than " + mostBytes + " bytes.");
    }

    static Problem agentNotFound(String idOrName) {
        return of(ErrorCode.AGENT_NOT_FOUND, "There is no agent with the id or name " + idOrName + ".");
    }

    ProblemException exception() {
        return new ProblemException(this);
    }

    /**
     * @param instance path of the request
     * @param traceId 32 lower-case hex digits
     */
    JsonObject toJson(String instance, String traceId) {
        JsonObject json = new JsonObject()
                .put("type", TYPE + code.name())
                .put("title", code.title())
                .put("status", code.httpStatus())
                .put("detail", detail)
                .put("instance", instance)
                .put("trace_id", traceId);
        if (!errors.isEmpty()) {
            JsonArray list = new JsonArray();
            errors.forEach(error -> list.add(error.toJson()));
            json.put("errors", list);
        }
        return json;
    }

    private static String fieldName(FieldError error) {
        return error.name().equals("#") ? "it" : error.name().replaceFirst("^#/", "");
    }
}
