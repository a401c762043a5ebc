package io.zerostate.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.Validator;
import io.zerostate.agent.Manifest;
import io.zerostate.task.LimitOverrides;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What comes with an uploaded module: the fields of a form, or of the query beside a raw body. Both are brought into one JSON
 * object, which has the form of the contract's {@code AgentFields}.
 */
final class AgentUpload {

    private final JsonObject fields;

    private AgentUpload(JsonObject fields) {
        this.fields = fields;
    }

    /** Reads the fields of a request whose module has been received. */
    static AgentUpload of(RoutingContext context, Validator agentFields) {
        return Uploads.isForm(context)
                ? ofForm(context.request().formAttributes(), agentFields)
                : ofQuery(ValidRequest.of(context), agentFields);
    }

    /**
     * Reads the text fields of a form.
     *
     * @param agentFields schema of the fields
     * @throws ProblemException 400 or 422 when a field is not known or not valid
     */
    static AgentUpload ofForm(MultiMap form, Validator agentFields) {
        JsonObject fields = new JsonObject();
        for (String name : form.names()) {
            fields.put(name, value(name, form.getAll(name)));
        }
        return checked(fields, agentFields);
    }

    /** Reads the parameters of a request whose body is the module. */
    static AgentUpload ofQuery(ValidRequest request, Validator agentFields) {
        JsonObject fields = new JsonObject();
        for (Map.Entry<String, Object> parameter : request.parameters().entrySet()) {
            switch (parameter.getKey()) {
                case "name", "description", "version" -> fields.put(parameter.getKey(), parameter.getValue());
                case "limits" -> fields.put("limits", limits((String) parameter.getValue()));
                case "capabilities" -> fields.put("capabilities", capabilities(request.strings("capabilities")));
                default -> { }
            }
        }
        return checked(fields, agentFields);
    }

    private static AgentUpload checked(JsonObject fields, Validator agentFields) {
        RequestValidation.require(fields, agentFields);
        return new AgentUpload(fields);
    }

    @Nullable String name() {
        return fields.getString("name");
    }

    String versionLabel() {
        return fields.getString("version", "");
    }

    /** Returns what the agent says of itself, with {@code otherwise} for the fields that were not given. */
    Manifest manifest(Manifest otherwise) {
        JsonArray capabilities = fields.getJsonArray("capabilities");
        JsonObject limits = fields.getJsonObject("limits");
        return new Manifest(
                fields.getString("description", otherwise.description()),
                capabilities == null ? otherwise.capabilities() : strings(capabilities),
                limits == null ? otherwise.limits() : overrides(limits));
    }

    /** Returns whether anything but the name and the version label was given. */
    boolean hasManifest() {
        return Stream.of("description", "capabilities", "limits").anyMatch(fields::containsKey);
    }

    /** Reads an {@code AgentLimits} object. */
    static LimitOverrides overrides(JsonObject limits) {
        return new LimitOverrides(
                number(limits, "timeout_ms"),
                number(limits, "memory_bytes"),
                number(limits, "stdout_bytes"),
                number(limits, "stderr_bytes"),
                number(limits, "input_bytes"),
                number(limits, "host_calls"),
                number(limits, "file_bytes"));
    }

    static List<String> strings(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private static @Nullable Long number(JsonObject json, String name) {
        return json.getValue(name) instanceof Number number ? number.longValue() : null;
    }

    private static @Nullable Object value(String name, List<String> given) {
        return switch (name) {
            case "limits" -> limits(given.getFirst());
            case "capabilities" -> capabilities(given);
            default -> given.getFirst();
        };
    }

    private static @Nullable Object limits(String text) {
        return parse("limits", text);
    }

    /** Repeated, and each a JSON array or a list with commas. */
    private static JsonArray capabilities(List<String> given) {
        JsonArray all = new JsonArray();
        for (String text : given) {
            if (text.stripLeading().startsWith("[")) {
                if (parse("capabilities", text) instanceof JsonArray array) {
                    all.addAll(array);
                }
            } else {
                Stream.of(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).forEach(all::add);
            }
        }
        return all;
    }

    private static @Nullable Object parse(String field, String text) {
        try {
            return JsonText.parse(Buffer.buffer(text));
        } catch (ProblemException notJson) {
            throw Problem.invalidField("#/" + field, "is not valid JSON").exception();
        }
    }
}
