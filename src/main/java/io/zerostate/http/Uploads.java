package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.zerostate.agent.BinaryRef;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Receives uploaded modules into files, without holding one in memory. A file lives as long as its request.
 */
final class Uploads implements Handler<RoutingContext> {

    private static final String FILE_FIELD = "wasm_binary";
    private static final String KEY = "zerostate.upload";

    /** Room for the other fields of a form and what is between them. */
    private static final long FORM_OVERHEAD_BYTES = 1024 * 1024;

    private final Vertx vertx;
    private final Path directory;
    private final Supplier<UUID> names;
    private final BodyHandler forms;

    /** @param directory of the files while they arrive; {@link #prepare} makes it */
    Uploads(Vertx vertx, Path directory, Supplier<UUID> names) {
        this.vertx = vertx;
        this.directory = directory;
        this.names = names;
        this.forms = BodyHandler.create(true)
                .setUploadsDirectory(directory.toString())
                .setMergeFormAttributes(false)
                .setDeleteUploadedFilesOnEnd(true)
                .setBodyLimit(BinaryRef.MAX_SIZE_BYTES + FORM_OVERHEAD_BYTES);
    }

    /** Makes the directory, and removes what a killed process left in it. */
    Future<Void> prepare() {
        String path = directory.toString();
        return vertx.fileSystem().exists(path)
                .compose(exists -> exists ? vertx.fileSystem().deleteRecursive(path) : Future.succeededFuture())
                .compose(gone -> vertx.fileSystem().mkdirs(path));
    }

    /** Receives a form or a raw body, then calls the next handler, which asks for {@link #file}. */
    @Override
    public void handle(RoutingContext context) {
        if (isForm(context)) {
            forms.handle(context);
        } else {
            receiveRaw(context).onComplete(file -> {
                context.put(KEY, file);
                context.next();
            }, context::fail);
        }
    }

    static boolean isForm(RoutingContext context) {
        return ContentType.MULTIPART.equals(ContentType.of(context));
    }

    /**
     * Returns the module that a request has brought.
     *
     * @throws ProblemException 400 when the form has no such file or others too, 413 when it is too large
     */
    static Path file(RoutingContext context) {
        Path raw = context.get(KEY);
        return raw == null ? formFile(context.fileUploads()) : raw;
    }

    private static Path formFile(List<FileUpload> files) {
        for (FileUpload file : files) {
            if (!file.name().equals(FILE_FIELD)) {
                throw Problem.invalidField("#/" + file.name(), "is not a known file").exception();
            }
        }
        if (files.isEmpty()) {
            throw Problem.invalidField("#/" + FILE_FIELD, "is required, as a file").exception();
        }
        if (files.getFirst().size() > BinaryRef.MAX_SIZE_BYTES) {
            throw Problem.tooLarge(BinaryRef.MAX_SIZE_BYTES).exception();
        }
        return Path.of(files.getFirst().uploadedFileName());
    }

    private Future<Path> receiveRaw(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (declaredLength(request) > BinaryRef.MAX_SIZE_BYTES) {
            return Future.failedFuture(Problem.tooLarge(BinaryRef.MAX_SIZE_BYTES).exception());
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect")) && request.version() != HttpVersion.HTTP_1_0) {
            context.response().writeContinue();
        }
        request.pause();
        Path path = directory.resolve(names.get().toString());
        context.addEndHandler(over -> vertx.fileSystem().delete(path.toString()));
        return vertx.fileSystem()
                .open(path.toString(), new OpenOptions().setCreateNew(true).setRead(false))
                .compose(file -> request.pipe().endOnFailure(true).to(new BoundedFile(file, BinaryRef.MAX_SIZE_BYTES)))
                .map(path);
    }

    private static long declaredLength(HttpServerRequest request) {
        try {
            return Long.parseLong(String.valueOf(request.getHeader("Content-Length")));
        } catch (NumberFormatException notGiven) {
            return -1;
        }
    }
}
