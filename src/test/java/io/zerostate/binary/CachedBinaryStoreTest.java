package io.zerostate.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.zerostate.binary.directory.DirectoryBinaryStore;
import io.zerostate.task.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedBinaryStoreTest extends BinaryStoreContract {
    private static final long MAXIMUM = 6_000_000;

    @TempDir
    Path directory;

    private final AtomicLong clock = new AtomicLong();
    private Vertx vertx;
    private WorkerExecutor files;
    private Path originals;
    private Path copies;
    private WatchedStore origin;
    private BinaryStore store;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        files = vertx.createSharedWorkerExecutor("files", 4);
        originals = directory.resolve("originals");
        copies = directory.resolve("copies");
        origin = new WatchedStore(new DirectoryBinaryStore(files, originals));
        store = restarted(MAXIMUM);
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** Another store over what is on the disk. Each use happens a second after the one before. */
    private BinaryStore restarted(long maximumBytes) {
        CacheDirectory cache = new CacheDirectory(copies, () -> Instant.ofEpochSecond(clock.incrementAndGet()));
        return new CachedBinaryStore(vertx, files, origin, cache, maximumBytes);
    }

    @Override
    protected BinaryStore store() {
        return store;
    }

    @Override
    protected void damage(String sha256) throws IOException {
        damage(file(originals, sha256));
        damage(file(copies, sha256));
    }

    @Override
    protected long objects() throws IOException {
        return Math.max(regularFiles(originals).size(), regularFiles(copies).size());
    }

    @Test
    void whatWasFetchedOnceIsThereWithoutTheOrigin() throws IOException {
        String sha256 = stored("abc");
        assertThat(store.get(sha256).await()).isEqualTo(Bytes.ofUtf8("abc"));
        origin.setAway(true);
        assertThat(store.get(sha256).await()).isEqualTo(Bytes.ofUtf8("abc"));
        assertThat(origin.gets()).containsExactly(sha256);
        assertThatThrownBy(() -> store.check().await()).hasMessage(WatchedStore.AWAY);
    }

    @Test
    void whatWasPutHereNeedNotBeFetched() throws IOException {
        String sha256 = store.put(Files.writeString(directory.resolve("upload"), "abc")).await().sha256();
        assertThat(store.get(sha256).await()).isEqualTo(Bytes.ofUtf8("abc"));
        assertThat(origin.gets()).isEmpty();
    }

    @Test
    void copiesStayOverARestartAndWhatACrashLeftUnfinishedGoes() throws IOException {
        String sha256 = stored("abc");
        store.get(sha256).await();
        Path unfinished = Files.writeString(copies.resolve("copy-1.tmp"), "ab");
        origin.setAway(true);

        assertThat(restarted(MAXIMUM).get(sha256).await()).isEqualTo(Bytes.ofUtf8("abc"));
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void aDamagedCopyIsReplacedByTheOriginal() throws IOException {
        String sha256 = stored("abc");
        store.get(sha256).await();
        damage(file(copies, sha256));

        assertThat(store.get(sha256).await()).isEqualTo(Bytes.ofUtf8("abc"));
        assertThat(origin.gets()).containsExactly(sha256, sha256);
        assertThat(file(copies, sha256)).hasContent("abc");
    }

    @Test
    void aDamagedCopyIsGoneAlsoWhenTheOriginIsAway() throws IOException {
        String sha256 = stored("abc");
        store.get(sha256).await();
        damage(file(copies, sha256));
        origin.setAway(true);

        assertThatThrownBy(() -> store.get(sha256).await()).hasMessage(WatchedStore.AWAY);
        assertThat(regularFiles(copies)).isEmpty();
    }

    @Test
    void theDiskNeverHoldsMoreThanIsAllowedAndWhatWasNotUsedForLongestGoesFirst() throws IOException {
        store = restarted(8);
        String first = stored("one");
        String second = stored("two");
        String third = stored("six");
        store.get(first).await();
        store.get(second).await();
        store.get(first).await();
        store.get(third).await();

        assertThat(regularFiles(copies)).map(file -> file.getFileName().toString()).containsExactlyInAnyOrder(first, third);
        origin.gets().clear();
        store.get(first).await();
        store.get(second).await();
        assertThat(origin.gets()).containsExactly(second);
    }

    @Test
    void aRestartRemembersWhatWasUsedLast() throws IOException {
        String first = stored("one");
        String second = stored("two");
        store.get(first).await();
        store.get(second).await();
        store.get(first).await();

        restarted(5).get(first).await();
        assertThat(regularFiles(copies)).map(file -> file.getFileName().toString()).containsExactly(first);
    }

    @Test
    void whatIsLargerThanTheCacheIsGivenAndNotKept() throws IOException {
        store = restarted(2);
        assertThat(store.get(stored("abc")).await()).isEqualTo(Bytes.ofUtf8("abc"));
        assertThat(regularFiles(copies)).isEmpty();
    }

    @Test
    void requestsAtTheSameTimeFetchOnce() throws IOException {
        String sha256 = stored("abc");
        List<Future<Bytes>> gets = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            gets.add(store.get(sha256));
        }
        for (Future<Bytes> get : gets) {
            assertThat(get.await()).isEqualTo(Bytes.ofUtf8("abc"));
        }
        assertThat(origin.gets()).containsExactly(sha256);
    }

    @Test
    void aFetchThatFailedIsTriedAgain() throws IOException {
        String sha256 = stored("abc");
        origin.setAway(true);
        assertThatThrownBy(() -> store.get(sha256).await()).hasMessage(WatchedStore.AWAY);
        origin.setAway(false);
        assertThat(store.get(sha256).await()).isEqualTo(Bytes.ofUtf8("abc"));
    }

    @Test
    void aDirectoryThatCannotBeUsedFailsNothing() throws IOException {
        copies = Files.createFile(directory.resolve("file")).resolve("below");
        store = restarted(MAXIMUM);
        String sha256 = stored("abc");

        assertThat(store.get(sha256).await()).isEqualTo(Bytes.ofUtf8("abc"));
        assertThat(store.put(directory.resolve("upload")).await().sha256()).isEqualTo(sha256);
        store.delete(sha256).await();
        assertThatThrownBy(() -> store.get(sha256).await()).isInstanceOf(MissingBinaryException.class);
    }

    @Test
    void aCopyThatCannotBeWrittenFailsNothing() throws IOException {
        String sha256 = stored("abc");
        store.get(sha256).await();
        Files.delete(file(copies, sha256));
        Path inTheWay = copies.resolve(sha256.substring(0, 2));
        Files.delete(inTheWay);
        Files.createFile(inTheWay);

        assertThat(store.get(sha256).await()).isEqualTo(Bytes.ofUtf8("abc"));
        assertThat(regularFiles(copies)).containsExactly(inTheWay);
        Files.delete(inTheWay);
        store.get(sha256).await();
        assertThat(file(copies, sha256)).hasContent("abc");
    }

    @Test
    void answersComeOnTheCallersContext() throws IOException {
        String sha256 = stored("abc");
        for (int round = 0; round < 2; round++) {
            Context caller = vertx.getOrCreateContext();
            Promise<Context> answeredOn = Promise.promise();
            caller.runOnContext(called -> store.get(sha256).onComplete(got -> answeredOn.complete(Vertx.currentContext())));
            assertThat(answeredOn.future().await()).isEqualTo(caller);
        }
    }

    /** In the origin alone. */
    private String stored(String content) throws IOException {
        Path upload = Files.writeString(directory.resolve("upload"), content);
        return origin.put(upload).await().sha256();
    }

    private static Path file(Path below, String sha256) throws IOException {
        return regularFiles(below).stream().filter(path -> path.endsWith(sha256)).findFirst().orElseThrow();
    }

    private static List<Path> regularFiles(Path below) throws IOException {
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[0] ^= 1;
        Files.write(file, content);
    }
}
