/**
 * The REST edge: routes, validates and answers HTTP requests by the contract {@code openapi.yaml}, turns domain
 * values into JSON and failures into problem details (RFC 9457), and serves the documentation and the console.
 *
 * <p>Everything here runs on one event loop per {@link io.zerostate.http.HttpVerticle} and never blocks it. It talks
 * to the other parts of a node over {@code io.zerostate.bus} and through the ports of layer 1 only.
 *
 * <p>May import: {@code task}, {@code agent}, {@code bus}, {@code binary}, {@code config}, {@code metrics};
 * vertx-core, vertx-web, vertx-openapi, vertx-json-schema, SnakeYAML, SLF4J.
 */
@NullMarked
package io.zerostate.http;

import org.jspecify.annotations.NullMarked;
