package io.zerostate.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list as JSON. */
final class PageJson {

    private PageJson() {}

    static <T> JsonObject page(List<T> items, Function<T, JsonObject> json, @Nullable String nextCursor) {
        JsonArray list = new JsonArray();
        items.forEach(item -> list.add(json.apply(item)));
        return new JsonObject().put("items", list).put("next_cursor", nextCursor);
    }
}
