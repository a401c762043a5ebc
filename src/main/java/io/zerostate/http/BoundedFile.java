package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** A file that takes no more than so many bytes: the write beyond fails with 413, and with it what is piped here. */
final class BoundedFile implements WriteStream<Buffer> {

    private final AsyncFile file;
    private final long mostBytes;
    private long bytes;

    BoundedFile(AsyncFile file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    @Override
    public Future<Void> write(Buffer data) {
        bytes += data.length();
        return bytes > mostBytes
                ? Future.failedFuture(Problem.tooLarge(mostBytes).exception())
                : file.write(data);
    }

    @Override
    public Future<Void> end() {
        return file.close();
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        file.setWriteQueueMaxSize(maxSize);
        return this;
    }

    /** A pipe still asks this after the write that ended it, when the file is closed. */
    @Override
    public boolean writeQueueFull() {
        return bytes <= mostBytes && file.writeQueueFull();
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        file.drainHandler(handler);
        return this;
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        file.exceptionHandler(handler);
        return this;
    }
}
