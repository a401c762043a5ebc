package io.zerostate.binary;

import io.vertx.core.Future;
import io.zerostate.agent.BinaryRef;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A store that counts what is asked of it, and that can be away. */
public final class WatchedStore implements BinaryStore {
    public static final String AWAY = "the store at home cannot be reached";

    private final BinaryStore store;
    private final List<String> gets = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    public WatchedStore(BinaryStore store) {
        this.store = store;
    }

    public void setAway(boolean isAway) {
        away = isAway;
    }

    /** The digests that were asked for, in their order. */
    public List<String> gets() {
        return gets;
    }

    @Override
    public Future<BinaryRef> put(Path file) {
        return unlessAway(() -> store.put(file));
    }

    @Override
    public Future<Bytes> get(String sha256) {
        gets.add(sha256);
        return unlessAway(() -> store.get(sha256));
    }

    @Override
    public Future<Void> delete(String sha256) {
        return unlessAway(() -> store.delete(sha256));
    }

    @Override
    public Future<Void> check() {
        return unlessAway(store::check);
    }

    private <T> Future<T> unlessAway(Supplier<Future<T>> call) {
        return away ? Future.failedFuture(new RefusedException(ErrorCode.UNAVAILABLE, AWAY)) : call.get();
    }
}
