package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.List;

/**
 * Binds handlers to the operations of the contract. Each gets the checks that the contract asks for in front of it:
 * media type, size of the body, parameters and body by their schemas.
 */
final class Operations {

    private final Contract contract;
    private final RouterBuilder builder;
    private final long maxJsonBytes;

    /** @param maxJsonBytes largest JSON body in bytes */
    Operations(Vertx vertx, Contract contract, long maxJsonBytes) {
        this.contract = contract;
        this.builder = RouterBuilder.create(vertx, contract.openApi());
        this.maxJsonBytes = maxJsonBytes;
    }

    /** Binds {@code handler}, which finds its {@link ValidRequest} in the context. */
    void on(String operationId, Handler<RoutingContext> handler) {
        OpenAPIRoute route = checkedRoute(operationId);
        route.addHandler(new RequestValidation(route.getOperation(), contract, RequestValidation.Body.BY_SCHEMA));
        route.addHandler(handler);
    }

    /** Binds a handler that reads and checks the body itself, of which no more than the JSON limit has been read. */
    void onUncheckedBody(String operationId, Handler<RoutingContext> handler) {
        OpenAPIRoute route = checkedRoute(operationId);
        route.addHandler(new RequestValidation(route.getOperation(), contract, RequestValidation.Body.UNCHECKED));
        route.addHandler(handler);
    }

    /** Binds a handler for a body that {@code receiver} takes from the request as it arrives. */
    void onStreamedBody(String operationId, Handler<RoutingContext> receiver, Handler<RoutingContext> handler) {
        OpenAPIRoute route = route(operationId);
        route.addHandler(new ContentType(contract.requestMediaTypes(operationId)));
        route.addHandler(new RequestValidation(route.getOperation(), contract, RequestValidation.Body.UNCHECKED));
        route.addHandler(receiver);
        route.addHandler(handler);
    }

    /** Binds everything that is not bound yet. */
    void onOthers(Handler<RoutingContext> handler) {
        builder.getRoutes().stream().filter(route -> route.getHandlers().isEmpty()).forEach(route -> route
                .setDoValidation(false)
                .addHandler(handler));
    }

    Router router() {
        return builder.createRouter();
    }

    private OpenAPIRoute checkedRoute(String operationId) {
        OpenAPIRoute route = route(operationId);
        List<String> mediaTypes = contract.requestMediaTypes(operationId);
        if (!mediaTypes.isEmpty()) {
            route.addHandler(new ContentType(mediaTypes));
            route.addHandler(BodyHandler.create(false).setBodyLimit(maxJsonBytes));
        }
        return route;
    }

    private OpenAPIRoute route(String operationId) {
        OpenAPIRoute route = builder.getRoute(operationId);
        if (route == null) {
            throw new IllegalStateException("the contract has no operation " + operationId);
        }
        return route.setDoValidation(false);
    }
}
