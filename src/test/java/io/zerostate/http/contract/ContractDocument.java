package io.zerostate.http.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * {@code openapi.yaml} as a test reads it, independently of how the product does. Answers are held to it more strictly than clients
 * should: a field that it does not describe is an error.
 */
final class ContractDocument {

    private static final String BASE = "app://contract/";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonObject document;
    private final SchemaRepository schemas;

    private ContractDocument(JsonObject document) {
        this.document = document;
        JsonObject strict = document.copy();
        closeObjects(strict.getJsonObject("components").getJsonObject("schemas"));
        JsonSchemaOptions options =
                new JsonSchemaOptions().setDraft(Draft.DRAFT202012).setBaseUri(BASE).setOutputFormat(OutputFormat.Basic);
        this.schemas = SchemaRepository.create(options).dereference(BASE, JsonSchema.of(strict));
    }

    static ContractDocument load() {
        try (InputStream in = ContractDocument.class.getResourceAsStream("/openapi.yaml")) {
            return new ContractDocument((JsonObject) json(new Yaml().load(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One operation of the document. */
    record Operation(String id, String method, String path, JsonObject json, JsonArray parameters) {

        @Override
        public String toString() {
            return id;
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.getJsonObject("paths").forEach(path -> {
            JsonObject item = (JsonObject) path.getValue();
            item.stream().filter(entry -> METHODS.contains(entry.getKey())).forEach(entry -> {
                JsonObject operation = (JsonObject) entry.getValue();
                JsonArray parameters = new JsonArray();
                item.getJsonArray("parameters", new JsonArray()).forEach(p -> parameters.add(resolve((JsonObject) p)));
                operation.getJsonArray("parameters", new JsonArray()).forEach(p -> parameters.add(resolve((JsonObject) p)));
                operations.add(new Operation(
                        operation.getString("operationId"), entry.getKey().toUpperCase(), path.getKey(), operation, parameters));
            });
        });
        return operations;
    }

    Operation operation(String id) {
        return operations().stream().filter(operation -> operation.id().equals(id)).findFirst().orElseThrow();
    }

    /** The response that an operation describes for a status, {@code default} where it has none of its own. */
    @Nullable JsonObject response(Operation operation, int status) {
        JsonObject responses = operation.json().getJsonObject("responses");
        JsonObject response = responses.getJsonObject(Integer.toString(status));
        if (response == null && status >= 400) {
            response = responses.getJsonObject("default");
        }
        return response == null ? null : resolve(response);
    }

    /** The request body's schema for a media type, null when there is none. */
    @Nullable JsonObject requestSchema(Operation operation, String mediaType) {
        JsonObject body = operation.json().getJsonObject("requestBody");
        JsonObject media = body == null ? null : resolve(body).getJsonObject("content").getJsonObject(mediaType);
        JsonObject schema = media == null ? null : media.getJsonObject("schema");
        return schema == null ? null : resolve(schema);
    }

    /** What a value lacks to be of a schema, empty when it is. */
    List<String> errors(JsonObject schema, @Nullable Object value) {
        JsonObject located = new JsonObject(absolute(schema.encode()));
        OutputUnit output = schemas.validator(JsonSchema.of(located)).validate(value);
        return output.getValid() ? List.of() : output.getErrors().stream()
                .map(unit -> unit.getInstanceLocation() + " " + unit.getError())
                .toList();
    }

    JsonObject resolve(JsonObject node) {
        String reference = node.getString("$ref");
        if (reference == null) {
            return node;
        }
        JsonObject found = document;
        for (String step : reference.substring(2).split("/")) {
            found = found.getJsonObject(step);
        }
        return found;
    }

    private static String absolute(String schema) {
        return schema.replace("\"$ref\":\"#/", "\"$ref\":\"" + BASE + "#/");
    }

    private static void closeObjects(JsonObject node) {
        for (String name : List.copyOf(node.fieldNames())) {
            if (node.getValue(name) instanceof JsonObject child) {
                closeObjects(child);
            } else if (node.getValue(name) instanceof JsonArray children) {
                children.stream().filter(JsonObject.class::isInstance).forEach(child -> closeObjects((JsonObject) child));
            }
        }
        if ("object".equals(node.getValue("type")) && node.containsKey("properties")) {
            node.put("additionalProperties", false);
        }
    }

    private static Object json(Object yaml) {
        return switch (yaml) {
            case Map<?, ?> map -> {
                JsonObject object = new JsonObject();
                map.forEach((key, value) -> object.put(String.valueOf(key), value == null ? null : json(value)));
                yield object;
            }
            case List<?> list -> {
                JsonArray array = new JsonArray();
                list.forEach(value -> array.add(value == null ? null : json(value)));
                yield array;
            }
            default -> yaml;
        };
    }
}
