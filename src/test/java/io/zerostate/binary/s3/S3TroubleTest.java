package io.zerostate.binary.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.zerostate.agent.BinaryRef;
import io.zerostate.binary.CorruptBinaryException;
import io.zerostate.binary.MissingBinaryException;
import io.zerostate.config.S3Settings;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster meets with an S3 that is not as it should be. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3TroubleTest {
    private static final String NOWHERE = "0".repeat(64);

    @TempDir
    private Path uploads;

    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor files = vertx.createSharedWorkerExecutor("files", 4);
    private final List<S3BinaryStore> stores = new ArrayList<>();
    private S3Server server;

    @BeforeAll
    void start() {
        server = new S3Server();
    }

    @AfterAll
    void stop() {
        stores.forEach(S3BinaryStore::close);
        vertx.close().await();
        server.close();
    }

    private S3BinaryStore open(S3Settings settings) {
        S3BinaryStore store = new S3BinaryStore(vertx, files, settings);
        stores.add(store);
        return store;
    }

    @Test
    void aServerThatIsAwayIsNamedAndFoundAgainWhenItIsBack() throws IOException {
        S3BinaryStore store = open(server.settings());
        String sha256 = store.put(upload("abc".getBytes())).await().sha256();
        server.stop();
        String reason = "S3 bucket modules at " + server.endpoint() + " cannot be reached: ";
        assertThat(unavailable(store.get(sha256))).startsWith(reason);
        assertThat(unavailable(store.put(upload("abc".getBytes())))).startsWith(reason);
        assertThat(unavailable(store.check())).startsWith(reason);
        assertThat(unavailable(store.delete(sha256))).startsWith(reason);

        server.start();
        eventually(store::check);
        assertThat(store.get(sha256).await()).isEqualTo(Bytes.ofUtf8("abc"));
    }

    @Test
    void aCheckDoesNotWaitForAServerThatSaysNothing() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            S3BinaryStore store = open(at("http://127.0.0.1:" + mute.getLocalPort()));
            long asked = System.nanoTime();
            assertThat(unavailable(store.check())).endsWith(" has not answered within 1500 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void wrongKeysAreNamedAndNeverShown() {
        String wrongSecret = "some-other-secret";
        S3Settings unknown = server.settings(S3Server.BUCKET, "nobody-s-key", wrongSecret);
        S3Settings wrong = server.settings(S3Server.BUCKET, S3Server.ACCESS_KEY, wrongSecret);
        for (S3Settings settings : List.of(unknown, wrong)) {
            S3BinaryStore store = open(settings);
            for (Future<?> call : List.of(store.check(), store.get(NOWHERE))) {
                assertThat(unavailable(call))
                        .startsWith("S3 bucket modules at " + server.endpoint() + " refuses access (403")
                        .endsWith("see s3.access_key and s3.secret_key, and what they may do")
                        .doesNotContain(wrongSecret)
                        .doesNotContain(S3Server.SECRET_KEY)
                        .doesNotContain("nobody-s-key");
            }
        }
    }

    @Test
    void aMissingBucketIsNoMissingModule() throws IOException {
        String reason = "S3 bucket nowhere at " + server.endpoint() + " does not exist";
        S3Settings nowhere = server.settings("nowhere", S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
        assertThat(unavailable(open(nowhere).check())).isEqualTo(reason);
        assertThat(unavailable(open(nowhere).get(NOWHERE))).isEqualTo(reason);
        assertThat(unavailable(open(nowhere).put(upload("abc".getBytes())))).isEqualTo(reason);
    }

    /** Each time: a refusal that comes very fast is easily missed. */
    @Test
    void anAddressThatNobodyHasIsNamed() {
        for (int round = 0; round < 10; round++) {
            assertThat(unavailable(open(at("http://127.0.0.1:1")).get(NOWHERE)))
                    .startsWith("S3 bucket modules at http://127.0.0.1:1 cannot be reached: ")
                    .contains("Connection refused");
        }
    }

    @Test
    void theLargestModuleGoesThereAndBack() throws IOException {
        byte[] content = new byte[(int) BinaryRef.MAX_SIZE_BYTES];
        new Random(2).nextBytes(content);
        S3BinaryStore store = open(server.settings());
        BinaryRef ref = store.put(upload(content)).await();

        assertThat(ref.sizeBytes()).isEqualTo(BinaryRef.MAX_SIZE_BYTES);
        assertThat(store.get(ref.sha256()).await().array()).isEqualTo(content);
    }

    @Test
    void whatIsLargerThanAnyModuleIsNotRead() {
        server.overwrite(NOWHERE, new byte[(int) BinaryRef.MAX_SIZE_BYTES + 1]);
        try {
            assertThatThrownBy(() -> open(server.settings()).get(NOWHERE).await())
                    .isInstanceOf(CorruptBinaryException.class)
                    .hasMessageContaining("has 52428801 bytes, more than a module can have");
        } finally {
            server.empty();
        }
    }

    @Test
    void manyReadersAtATimeAreServed() throws IOException {
        byte[] content = new byte[100_000];
        new Random(3).nextBytes(content);
        S3BinaryStore store = open(server.settings());
        String sha256 = store.put(upload(content)).await().sha256();
        List<Future<Bytes>> gets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            gets.add(store.get(sha256));
        }
        for (Future<Bytes> get : gets) {
            assertThat(get.await()).isEqualTo(Bytes.of(content));
        }
    }

    @Test
    void answersComeOnTheCallersContext() {
        S3BinaryStore store = open(server.settings());
        Context caller = vertx.getOrCreateContext();
        Promise<Context> answeredOn = Promise.promise();
        caller.runOnContext(called -> store.get(NOWHERE).onComplete(got -> answeredOn.complete(Vertx.currentContext())));
        assertThat(answeredOn.future().await()).isEqualTo(caller);
    }

    @Test
    void withoutKeysTheyComeFromWhereTheSdkLooksForThem() {
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        try {
            S3BinaryStore store = open(server.settings(S3Server.BUCKET, "", ""));
            assertThatThrownBy(() -> store.get(NOWHERE).await()).isInstanceOf(MissingBinaryException.class);
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    private static S3Settings at(String endpoint) {
        return new S3Settings(
                S3Server.BUCKET, endpoint, "us-east-1", true, "", S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    }

    private Path upload(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(uploads, "upload", ".wasm"), content);
    }

    private static String unavailable(Future<?> call) {
        RefusedException refusal = catchThrowableOfType(RefusedException.class, call::await);
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        return refusal.detail();
    }

    /** Repeats what may fail, because the failure of the last try is remembered for a moment. */
    private void eventually(Supplier<Future<Void>> call) {
        for (Future<Void> last = call.get(); ; last = call.get()) {
            if (last.map(true).otherwise(false).await()) {
                return;
            }
            vertx.timer(50).await();
        }
    }
}
