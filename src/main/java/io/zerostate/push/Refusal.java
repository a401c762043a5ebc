package io.zerostate.push;

import io.vertx.ext.web.RoutingContext;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;

/** How a request that gets no stream ends: the failure handler of the HTTP edge turns the exception into a problem. */
final class Refusal {
    private static final int INTERNAL_ERROR = 500;

    private Refusal() {}

    static void fail(RoutingContext request, ErrorCode code, String detail) {
        fail(request, new RefusedException(code, detail));
    }

    static void fail(RoutingContext request, Throwable cause) {
        int status = cause instanceof RefusedException refused ? refused.code().httpStatus() : INTERNAL_ERROR;
        request.fail(status, cause);
    }
}
