package io.zerostate.app.node;

import io.vertx.core.Context;
import io.zerostate.binary.ArtifactStore;
import io.zerostate.binary.MissingBinaryException;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.SharedCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiled code among the artifacts of the cluster. */
final class StoredCode implements SharedCode {
    private static final Logger LOG = LoggerFactory.getLogger(StoredCode.class);

    /** To compile the module instead takes about as long. */
    private static final long PATIENCE_SECONDS = 5;

    private final ArtifactStore artifacts;
    private final Context context;

    /** @param context an event loop's, on which the store answers: the thread that asks is blocked */
    StoredCode(ArtifactStore artifacts, Context context) {
        this.artifacts = artifacts;
        this.context = context;
    }

    @Override
    public byte @Nullable [] find(String name) throws InterruptedException {
        CompletableFuture<Bytes> arrived = new CompletableFuture<>();
        context.runOnContext(ignored ->
                artifacts.get(name).onComplete(arrived::complete, arrived::completeExceptionally));
        try {
            return arrived.get(PATIENCE_SECONDS, TimeUnit.SECONDS).array();
        } catch (ExecutionException | TimeoutException failure) {
            if (!(failure.getCause() instanceof MissingBinaryException)) {
                LOG.atWarn().addKeyValue("name", name).log("the cluster's compiled code cannot be had: {}", reason(failure));
            }
            return null;
        }
    }

    @Override
    public void offer(String name, byte[] sealed) {
        if (sealed.length <= ArtifactStore.MAX_BYTES) {
            context.runOnContext(ignored -> artifacts.put(name, Bytes.of(sealed)).onFailure(failure ->
                    LOG.atWarn().addKeyValue("name", name).log("compiled code is not shared: {}", failure.getMessage())));
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof TimeoutException
                ? "no answer within " + PATIENCE_SECONDS + " s"
                : String.valueOf(failure.getCause().getMessage());
    }
}
