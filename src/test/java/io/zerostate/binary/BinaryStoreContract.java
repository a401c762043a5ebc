package io.zerostate.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.zerostate.agent.BinaryRef;
import io.zerostate.task.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link BinaryStore} promises. A subclass gives the store and a way to damage what it keeps. */
@Timeout(60)
public abstract class BinaryStoreContract {
    /** The SHA-256 of {@code abc}, from FIPS 180-2. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path uploads;

    /** The store under test, empty before each test. */
    protected abstract BinaryStore store();

    /** Changes a byte of what is stored, behind the store's back. */
    protected abstract void damage(String sha256) throws Exception;

    /** The number of objects in the store, temporary ones counted. */
    protected abstract long objects() throws Exception;

    @Test
    void whatWasPutIsFoundUnderItsDigest() throws Exception {
        BinaryRef ref = store().put(upload("abc".getBytes())).await();
        assertThat(ref).isEqualTo(new BinaryRef(ABC, 3));
        assertThat(store().get(ABC).await()).isEqualTo(Bytes.ofUtf8("abc"));
    }

    @Test
    void aLargeModuleComesBackByteForByte() throws Exception {
        byte[] content = new byte[5_000_001];
        new Random(1).nextBytes(content);
        BinaryRef ref = store().put(upload(content)).await();
        assertThat(ref.sizeBytes()).isEqualTo(content.length);
        assertThat(store().get(ref.sha256()).await().array()).isEqualTo(content);
    }

    @Test
    void theUploadedFileIsLeftWhereItIs() throws Exception {
        Path file = upload("abc".getBytes());
        store().put(file).await();
        assertThat(file).hasContent("abc");
    }

    @Test
    void equalContentIsStoredOnceAlsoWhenItComesAtTheSameTime() throws Exception {
        List<Future<BinaryRef>> puts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            puts.add(store().put(upload("abc".getBytes())));
        }
        for (Future<BinaryRef> put : puts) {
            assertThat(put.await().sha256()).isEqualTo(ABC);
        }
        assertThat(objects()).isEqualTo(1);
    }

    @Test
    void nothingStoredIsMissing() {
        assertThatThrownBy(() -> store().get(ABC).await()).isInstanceOf(MissingBinaryException.class);
    }

    @Test
    void damagedContentIsNeverGiven() throws Exception {
        store().put(upload("abc".getBytes())).await();
        damage(ABC);
        assertThatThrownBy(() -> store().get(ABC).await()).isInstanceOf(CorruptBinaryException.class);
    }

    @Test
    void puttingTheContentAgainRepairsDamage() throws Exception {
        store().put(upload("abc".getBytes())).await();
        damage(ABC);
        store().put(upload("abc".getBytes())).await();
        assertThat(store().get(ABC).await()).isEqualTo(Bytes.ofUtf8("abc"));
    }

    @Test
    void deletedContentIsGoneAndDeletingItAgainIsNoError() throws Exception {
        store().put(upload("abc".getBytes())).await();
        store().delete(ABC).await();
        store().delete(ABC).await();
        assertThatThrownBy(() -> store().get(ABC).await()).isInstanceOf(MissingBinaryException.class);
        assertThat(objects()).isZero();
    }

    @Test
    void onlyDigestsAreNames() {
        assertThatThrownBy(() -> store().get("../../etc/passwd").await()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().delete("").await()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatIsNotThereCannotBePutAndLeavesNothing() throws Exception {
        assertThatThrownBy(() -> store().put(uploads.resolve("nowhere")).await()).isInstanceOf(IOException.class);
        assertThat(objects()).isZero();
    }

    @Test
    void aStoreThatWorksPassesItsCheckAndKeepsNothingOfIt() throws Exception {
        store().check().await();
        assertThat(objects()).isZero();
    }

    private Path upload(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(uploads, "upload", ".wasm"), content);
    }
}
