package io.zerostate.binary;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.zerostate.agent.BinaryRef;
import io.zerostate.task.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps copies of what it gets from a store far away on the local disk, as much as is allowed; what was not used for longest goes
 * first. So a node runs what it has run before also while that store is away. Copies stay over restarts, and each reading checks the
 * digest. Whatever goes wrong with the disk is logged, and the store far away asked instead.
 */
public final class CachedBinaryStore implements BinaryStore {
    private static final Logger LOG = LoggerFactory.getLogger(CachedBinaryStore.class);

    private final Vertx vertx;
    private final WorkerExecutor files;
    private final BinaryStore origin;
    private final CacheDirectory directory;

    // All of the following belongs to this context.
    private final Context context;
    private final CacheIndex index;
    private final Map<String, Future<Bytes>> flights = new HashMap<>();
    private final Future<Boolean> usable;

    /**
     * @param files runs what blocks; stays open
     * @param origin where everything is
     * @param maximumBytes most that all copies have together
     */
    public CachedBinaryStore(
            Vertx vertx, WorkerExecutor files, BinaryStore origin, CacheDirectory directory, long maximumBytes) {
        this.vertx = vertx;
        this.files = files;
        this.origin = origin;
        this.directory = directory;
        this.context = vertx.getOrCreateContext();
        this.index = new CacheIndex(maximumBytes);
        this.usable = onContext(this::open);
    }

    private Future<Boolean> open() {
        return change(directory::open)
                .compose(found -> {
                    LOG.debug("{} modules are cached in {}", found.size(), directory);
                    // All of them fit, unless the bound was lowered.
                    List<String> beyond = found.stream().flatMap(copy -> victims(copy).stream()).toList();
                    return change(() -> deleteAll(beyond));
                })
                .map(true)
                .otherwise(failure -> {
                    LOG.warn("modules are not cached, {} cannot be used: {}", directory, failure.toString());
                    return false;
                });
    }

    @Override
    public Future<BinaryRef> put(Path file) {
        return onContext(() -> usable.compose(opened -> origin.put(file))
                .compose(ref -> keep(ref, to -> copy(file, to)).map(ref)));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Requests for a module that is on its way wait for it. */
    @Override
    public Future<Bytes> get(String sha256) {
        return onContext(() -> {
            Future<Bytes> flight = flights.get(sha256);
            if (flight == null) {
                flight = usable.compose(opened -> index.use(sha256) ? read(sha256) : fetch(sha256));
                flights.put(sha256, flight);
                flight.onComplete(landed -> flights.remove(sha256));
            }
            return flight;
        });
    }

    private Future<Bytes> read(String sha256) {
        return files.executeBlocking(() -> Bytes.of(directory.read(sha256)), false).recover(failure -> {
            LOG.warn("the copy of module {} in {} cannot be used: {}", sha256, directory, failure.toString());
            return drop(sha256).compose(dropped -> fetch(sha256));
        });
    }

    private Future<Bytes> fetch(String sha256) {
        return origin.get(sha256).compose(content -> keep(
                        new BinaryRef(sha256, content.length()), file -> Files.write(file, content.array()))
                .map(content));
    }

    /** Never fails. */
    private Future<Void> keep(BinaryRef module, CacheDirectory.Content content) {
        if (!usable.result() || !index.takes(module.sizeBytes())) {
            return Future.succeededFuture();
        }
        List<String> victims = victims(module);
        Future<Void> written = change(() -> {
            deleteAll(victims);
            directory.write(module.sha256(), content);
            return null;
        });
        return written.recover(failure -> {
            LOG.warn("module {} is not cached in {}: {}", module.sha256(), directory, failure.toString());
            return drop(module.sha256());
        });
    }

    private List<String> victims(BinaryRef copy) {
        return index.takes(copy.sizeBytes()) ? index.add(copy.sha256(), copy.sizeBytes()) : List.of(copy.sha256());
    }

    private @Nullable Void deleteAll(List<String> copies) throws IOException {
        for (String sha256 : copies) {
            directory.delete(sha256);
        }
        return null;
    }

    /** Never fails. */
    private Future<Void> drop(String sha256) {
        index.remove(sha256);
        return change(() -> deleteAll(List.of(sha256))).otherwise(failure -> {
            LOG.debug("the copy of module {} in {} cannot be deleted: {}", sha256, directory, failure.toString());
            return null;
        });
    }

    /** From here and from there; other nodes may keep their copies for as long as they like. */
    @Override
    public Future<Void> delete(String sha256) {
        return onContext(() -> usable.compose(opened -> origin.delete(sha256)).compose(deleted -> drop(sha256)));
    }

    @Override
    public Future<Void> check() {
        return origin.check();
    }

    /** Changes of the directory follow each other, so that none deletes what a later one has written. */
    private <T> Future<T> change(Callable<T> work) {
        return files.executeBlocking(work, true);
    }

    /** Runs here, and answers on the caller's context. */
    private <T> Future<T> onContext(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(here -> Future.succeededFuture().compose(ok -> work.get()).onComplete(done));
        return Future.fromCompletionStage(done.future().toCompletionStage(), vertx.getOrCreateContext());
    }
}
