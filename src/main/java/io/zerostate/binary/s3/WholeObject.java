package io.zerostate.binary.s3;

import io.zerostate.agent.BinaryRef;
import io.zerostate.binary.CorruptBinaryException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Gathers an object into one array of its own size. What is larger than any module is not read. */
final class WholeObject implements AsyncResponseTransformer<GetObjectResponse, byte[]> {
    private static final int FIRST_SIZE = 64 * 1024;

    private final String sha256;
    private CompletableFuture<byte[]> result = new CompletableFuture<>();
    private long length;

    WholeObject(String sha256) {
        this.sha256 = sha256;
    }

    /** Once for each try. */
    @Override
    public CompletableFuture<byte[]> prepare() {
        result = new CompletableFuture<>();
        return result;
    }

    @Override
    public void onResponse(GetObjectResponse response) {
        Long said = response.contentLength();
        length = said == null ? FIRST_SIZE : said;
    }

    @Override
    public void onStream(SdkPublisher<ByteBuffer> content) {
        content.subscribe(new Gathering(result, length));
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
        result.completeExceptionally(failure);
    }

    /** One try. Called by one thread at a time. */
    private final class Gathering implements Subscriber<ByteBuffer> {
        private final CompletableFuture<byte[]> whole;
        private final long expected;
        private byte[] bytes = new byte[0];
        private int size;
        private Subscription subscription;

        Gathering(CompletableFuture<byte[]> whole, long expected) {
            this.whole = whole;
            this.expected = expected;
        }

        @Override
        public void onSubscribe(Subscription begun) {
            subscription = begun;
            if (isModule(expected)) {
                bytes = new byte[(int) expected];
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(ByteBuffer piece) {
            int end = size + piece.remaining();
            if (end > bytes.length && isModule(end)) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * end, BinaryRef.MAX_SIZE_BYTES));
            }
            if (end <= bytes.length) {
                piece.get(bytes, size, piece.remaining());
                size = end;
            }
        }

        private boolean isModule(long sizeBytes) {
            if (sizeBytes > BinaryRef.MAX_SIZE_BYTES) {
                subscription.cancel();
                whole.completeExceptionally(new CorruptBinaryException(sha256, sizeBytes));
                return false;
            }
            return true;
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        }
    }
}
