package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.zerostate.task.ErrorCode;

/**
 * Answers what cannot be read as an HTTP request, such as a request line or a header that is too long, and closes the connection:
 * where the next request would begin is not known.
 */
final class UnreadableRequest implements Handler<HttpServerRequest> {

    private final TraceContext traces;

    UnreadableRequest(TraceContext traces) {
        this.traces = traces;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String traceId = traces.newTraceId();
        Problem problem = Problem.of(
                ErrorCode.INVALID_REQUEST, "This is no HTTP request that can be read; a line or a header may be too long.");
        request.response()
                .setStatusCode(problem.code().httpStatus())
                .putHeader("Connection", "close")
                .putHeader("Content-Type", ContentType.PROBLEM)
                .putHeader(TraceContext.HEADER, traceId)
                .end(problem.toJson(request.path(), traceId).toBuffer())
                .onComplete(sent -> request.connection().close());
    }
}
