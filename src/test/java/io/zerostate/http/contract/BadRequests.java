package io.zerostate.http.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bad requests that can be read off the contract itself, for whatever operation. */
final class BadRequests {

    private static final String SOME_ID = "01980f4c-7c2e-7d15-a2f0-5e0c9c1b7a11";

    private final ContractClient client;

    BadRequests(ContractClient client) {
        this.client = client;
    }

    /** One bad request and what it has to be answered with. */
    record Case(String name, ContractClient.Call call, int status, String code) {}

    List<Case> of(ContractDocument.Operation operation) {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("a wrong method", call(operation).method("PUT"), 405, "METHOD_NOT_ALLOWED"));
        operation.parameters().forEach(parameter -> addParameter(cases, operation, (JsonObject) parameter));
        if (operation.json().containsKey("requestBody")) {
            cases.add(new Case("no media type", call(operation).method(operation.method()), 415, "UNSUPPORTED_MEDIA_TYPE"));
            cases.add(new Case("another media type",
                    call(operation).body("application/xml", HttpRequest.BodyPublishers.ofString("<a/>")),
                    415, "UNSUPPORTED_MEDIA_TYPE"));
        }
        JsonObject schema = client.contract().requestSchema(operation, "application/json");
        if (schema != null) {
            cases.add(invalid("a body that is not JSON", call(operation).json("{\"a\"")));
            cases.add(invalid("an empty body", call(operation).json("")));
            cases.add(invalid("a body of another type", call(operation).json("7")));
            addFields(cases, operation, schema);
        }
        return cases;
    }

    private ContractClient.Call call(ContractDocument.Operation operation) {
        return client.call(operation.id()).path(SOME_ID);
    }

    private static Case invalid(String name, ContractClient.Call call) {
        return new Case(name, call, 400, "INVALID_REQUEST");
    }

    private void addParameter(List<Case> cases, ContractDocument.Operation operation, JsonObject parameter) {
        String name = parameter.getString("name");
        JsonObject schema = client.contract().resolve(parameter.getJsonObject("schema"));
        for (String bad : badTexts(schema)) {
            ContractClient.Call call = call(operation);
            switch (parameter.getString("in")) {
                case "query" -> cases.add(invalid("parameter " + name + "=" + bad, withBody(operation, call.query(name + "=" + bad))));
                case "path" -> cases.add(invalid("path with " + bad, withBody(operation, call.path(bad))));
                default -> { }
            }
        }
    }

    /** A body of a media type that the operation takes, so that the parameter is what it is refused for. */
    private static ContractClient.Call withBody(ContractDocument.Operation operation, ContractClient.Call call) {
        if (!operation.json().containsKey("requestBody")) {
            return call;
        }
        return Set.of("createAgent", "createAgentVersion").contains(operation.id())
                ? call.body("application/wasm", HttpRequest.BodyPublishers.ofString("x"))
                : call.json("{\"agent_id\": \"nobody\"}");
    }

    private static List<String> badTexts(JsonObject schema) {
        List<String> bad = new ArrayList<>();
        if (schema.containsKey("enum")) {
            bad.add("bogus");
        }
        if ("integer".equals(schema.getValue("type"))) {
            bad.addAll(List.of("many", "1.5", ""));
        }
        if (schema.getValue("minimum") instanceof Number minimum) {
            bad.add(Long.toString(minimum.longValue() - 1));
        }
        if (schema.getValue("maximum") instanceof Number maximum) {
            bad.add(Long.toString(maximum.longValue() + 1));
        }
        if (schema.containsKey("format")) {
            bad.add("bogus");
        }
        if (schema.containsKey("pattern")) {
            bad.add("%00");
        }
        return bad;
    }

    /** A field that is not known, and each known one with values that its schema does not allow. */
    private void addFields(List<Case> cases, ContractDocument.Operation operation, JsonObject schema) {
        if (!schema.containsKey("properties")) {
            return;
        }
        JsonObject base = new JsonObject();
        if (schema.getJsonArray("required", new JsonArray()).contains("agent_id")) {
            base.put("agent_id", "nobody");
        }
        cases.add(invalid("an unknown field", call(operation).json(base.copy().put("bogus", 1))));
        for (Map.Entry<String, Object> property : schema.getJsonObject("properties")) {
            JsonObject type = client.contract().resolve((JsonObject) property.getValue());
            Object wrong = "object".equals(type.getValue("type")) ? "text" : new JsonObject().put("bogus", true);
            if (type.containsKey("type")) {
                cases.add(invalid(property.getKey() + " of another type",
                        call(operation).json(base.copy().put(property.getKey(), wrong))));
                cases.add(invalid(property.getKey() + " null",
                        call(operation).json(base.copy().putNull(property.getKey()))));
            }
            if (type.getValue("maximum") instanceof Number maximum) {
                cases.add(new Case(property.getKey() + " over its limit",
                        call(operation).json(base.copy().put(property.getKey(), maximum.longValue() + 1)),
                        422, "LIMIT_EXCEEDED"));
            }
            if (type.getValue("minimum") instanceof Number minimum) {
                cases.add(invalid(property.getKey() + " below its least",
                        call(operation).json(base.copy().put(property.getKey(), minimum.longValue() - 1))));
            }
        }
    }
}
