package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The contract {@code openapi.yaml}: its text as served, and what routes and validates by it.
 *
 * <p>vertx-openapi 5.0 refuses a document that names a media type outside its fixed list (its
 * {@code MediaType.SUPPORTED_MEDIA_TYPES}), which has neither {@code application/wasm} nor
 * {@code application/problem+json}. So it is given a copy without those, and the media types of request bodies are
 * kept here from the whole document.
 */
final class Contract {

    static final String RESOURCE = "openapi.yaml";

    private final Buffer text;
    private final OpenAPIContract openApi;
    private final Map<String, List<String>> requestMediaTypes;

    private Contract(Buffer text, OpenAPIContract openApi, Map<String, List<String>> requestMediaTypes) {
        this.text = text;
        this.openApi = openApi;
        this.requestMediaTypes = requestMediaTypes;
    }

    /**
     * Reads the document from the classpath, checks it against the OpenAPI 3.1 schema and resolves its references.
     * Takes some 0.3 s; parsing is done on a worker thread.
     */
    static Future<Contract> load(Vertx vertx) {
        return vertx.fileSystem().readFile(RESOURCE)
                .compose(text -> vertx.executeBlocking(() -> parse(text))
                        .compose(document -> OpenAPIContract.from(vertx, routable(document))
                                .map(openApi -> new Contract(text, openApi, requestMediaTypes(document)))));
    }

    /** Returns the document as it is served. */
    Buffer text() {
        return text;
    }

    OpenAPIContract openApi() {
        return openApi;
    }

    /** Returns a validator for a schema of the document; it is immutable and made once, as making one is costly. */
    Validator validator(JsonSchema schema) {
        return openApi.getSchemaRepository().validator(schema);
    }

    /** Returns a schema of the document's components. */
    JsonSchema schema(String name) {
        JsonObject schemas = openApi.getRawContract().getJsonObject("components").getJsonObject("schemas");
        return JsonSchema.of(schemas.getJsonObject(name));
    }

    /** Returns the media types in which an operation takes its body, empty if it takes none. */
    List<String> requestMediaTypes(String operationId) {
        return requestMediaTypes.getOrDefault(operationId, List.of());
    }

    /** Returns the methods that a path has, empty when the contract does not know the path. */
    List<HttpMethod> methods(String path) {
        Path found = openApi.findPath(path);
        return found == null ? List.of() : found.getOperations().stream().map(Operation::getHttpMethod)
                .sorted(Comparator.comparing(HttpMethod::name)).toList();
    }

    private static JsonObject parse(Buffer text) {
        return (JsonObject) json(new Yaml(new SafeConstructor(new LoaderOptions())).load(text.toString()));
    }

    /** Turns what SnakeYAML makes into the JSON types of Vert.x; YAML allows keys that are no strings. */
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

    /** Without the API key, too: {@link ApiKey} stands in front of all routes, also of those outside the contract. */
    private static JsonObject routable(JsonObject document) {
        JsonObject copy = document.copy();
        copy.remove("security");
        return withoutForeignMediaTypes(copy);
    }

    /** Also leaves out what JSON Schema calls annotations, which the validator would check at some cost for nothing. */
    private static JsonObject withoutForeignMediaTypes(JsonObject node) {
        node.remove("contentEncoding");
        node.remove("contentMediaType");
        for (String name : List.copyOf(node.fieldNames())) {
            Object child = node.getValue(name);
            if (name.equals("content") && child instanceof JsonObject content) {
                List.copyOf(content.fieldNames()).stream()
                        .filter(type -> !MediaType.isMediaTypeSupported(type))
                        .forEach(content::remove);
                if (content.isEmpty()) {
                    content.put(MediaType.APPLICATION_OCTET_STREAM, new JsonObject());
                }
            }
            switch (child) {
                case JsonObject object -> withoutForeignMediaTypes(object);
                case JsonArray array -> array.forEach(item -> {
                    if (item instanceof JsonObject object) {
                        withoutForeignMediaTypes(object);
                    }
                });
                case null, default -> { }
            }
        }
        return node;
    }

    private static Map<String, List<String>> requestMediaTypes(JsonObject document) {
        JsonObject shared = document.getJsonObject("components").getJsonObject("requestBodies", new JsonObject());
        return document.getJsonObject("paths").stream()
                .flatMap(path -> ((JsonObject) path.getValue()).stream())
                .map(Map.Entry::getValue)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(operation -> operation.containsKey("requestBody"))
                .collect(Collectors.toUnmodifiableMap(operation -> operation.getString("operationId"),
                        operation -> mediaTypes(operation.getJsonObject("requestBody"), shared)));
    }

    private static List<String> mediaTypes(JsonObject body, JsonObject shared) {
        String reference = body.getString("$ref");
        JsonObject resolved =
                reference == null ? body : shared.getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
        return List.copyOf(resolved.getJsonObject("content").fieldNames());
    }
}
