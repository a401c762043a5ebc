package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failed request gets its answer: a problem, without anything of our insides. */
final class ProblemHandler implements Handler<RoutingContext> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private static final Set<ErrorCode> WORTH_REPEATING =
            Set.of(ErrorCode.UNAVAILABLE, ErrorCode.TOO_MANY_REQUESTS, ErrorCode.TASK_NOT_FINISHED);

    /** Long enough for a restart of a part, short enough for a person. */
    private static final String RETRY_AFTER_SECONDS = "1";

    private final Contract contract;

    ProblemHandler(Contract contract) {
        this.contract = contract;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Part of another answer is on its way: the only honest sign left is a broken connection.
            response.reset();
            return;
        }
        write(context, problem(context, context.failure(), context.statusCode()));
    }

    /** Answers what no route took: 405 when the path has other methods, else 404. */
    void unrouted(RoutingContext context) {
        String path = context.request().path();
        String allowed = contract.methods(path).stream().map(Object::toString).collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            write(context, Problem.of(ErrorCode.NOT_FOUND, "There is nothing at " + path + "."));
        } else {
            context.response().putHeader("Allow", allowed);
            write(context, Problem.of(ErrorCode.METHOD_NOT_ALLOWED, path + " takes " + allowed + "."));
        }
    }

    /** Answers a path whose percent-encoding is broken. */
    void undecodable(RoutingContext context) {
        write(context, Problem.of(ErrorCode.INVALID_REQUEST, "The path is not percent-encoded as it should be."));
    }

    static void write(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (WORTH_REPEATING.contains(problem.code())) {
            response.putHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (problem.code() == ErrorCode.UNAUTHORIZED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.setStatusCode(problem.code().httpStatus())
                .putHeader("Content-Type", ContentType.PROBLEM)
                .end(problem.toJson(context.request().path(), TraceContext.of(context)).toBuffer());
    }

    private static Problem problem(RoutingContext context, @Nullable Throwable failure, int status) {
        return switch (failure) {
            case ProblemException known -> known.problem();
            case RefusedException refused -> refused(context, refused);
            case HttpException http -> byStatus(http.getStatusCode());
            case null -> byStatus(status);
            default -> status >= 400 && status < 500 ? byStatus(status) : fault(context, failure);
        };
    }

    private static Problem refused(RoutingContext context, RefusedException refused) {
        if (refused.code().httpStatus() >= 500) {
            LOG.atWarn()
                    .addKeyValue("trace_id", TraceContext.of(context))
                    .log("{} {}: {}", context.request().method(), context.request().path(), refused.detail());
        }
        return Problem.of(refused);
    }

    private static Problem fault(RoutingContext context, Throwable failure) {
        LOG.atError()
                .addKeyValue("trace_id", TraceContext.of(context))
                .setCause(failure)
                .log("{} {} failed", context.request().method(), context.request().path());
        return Problem.of(ErrorCode.INTERNAL, "Something failed in the node; its log has this trace id.");
    }

    /** Failures that vertx-web names by their status only. */
    private static Problem byStatus(int status) {
        return switch (status) {
            case 401 -> Problem.of(ErrorCode.UNAUTHORIZED, "An API key is needed.");
            case 403 -> Problem.of(ErrorCode.FORBIDDEN, "This is not allowed.");
            case 404 -> Problem.of(ErrorCode.NOT_FOUND, "There is nothing here.");
            case 405 -> Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "The path does not take this method.");
            case 406 -> Problem.of(ErrorCode.NOT_ACCEPTABLE, "No accepted media type can be given.");
            case 413 -> Problem.of(ErrorCode.PAYLOAD_TOO_LARGE, "The body is too large.");
            case 415 -> Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body's media type is not taken.");
            case 503 -> Problem.of(ErrorCode.UNAVAILABLE, "A part of the node does not answer.");
            default ->
                status >= 400 && status < 500
                        ? Problem.of(ErrorCode.INVALID_REQUEST, "The request cannot be understood.")
                        : Problem.of(ErrorCode.INTERNAL, "Something failed in the node.");
        };
    }
}
