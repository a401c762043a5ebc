package io.zerostate.binary.directory;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.zerostate.agent.BinaryRef;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.MissingBinaryException;
import io.zerostate.binary.Sha256;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.Callable;

/**
 * Modules as files {@code ROOT/ab/cd/abcd...}, named by their digest. A file appears under its name only when it is complete and
 * on disk: it is written beside, synced and renamed. So a crash leaves at most a temporary file behind.
 */
public final class DirectoryBinaryStore implements BinaryStore {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final WorkerExecutor files;
    private final Path root;

    /**
     * @param files runs what blocks; stays open
     * @param root made with the first use
     */
    public DirectoryBinaryStore(WorkerExecutor files, Path root) {
        this.files = files;
        this.root = root;
    }

    @Override
    public Future<BinaryRef> put(Path file) {
        return onPool(() -> {
            Path temporary = Files.createTempFile(Files.createDirectories(root), "put-", ".tmp");
            try {
                BinaryRef ref = copy(file, temporary);
                Path target = path(ref.sha256());
                // Also over a file that is there already: what is stored may have been damaged, and this copy is sound.
                Files.createDirectories(target.getParent());
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                sync(target.getParent());
                sync(target.getParent().getParent());
                sync(root);
                return ref;
            } finally {
                Files.deleteIfExists(temporary);
            }
        });
    }

    @Override
    public Future<Bytes> get(String sha256) {
        return onPool(() -> {
            byte[] content;
            try {
                content = Files.readAllBytes(path(sha256));
            } catch (NoSuchFileException e) {
                throw new MissingBinaryException(sha256);
            } catch (IOException e) {
                throw unavailable("read", e);
            }
            Sha256.check(content, sha256);
            return Bytes.of(content);
        });
    }

    @Override
    public Future<Void> delete(String sha256) {
        return onPool(() -> {
            Files.deleteIfExists(path(sha256));
            return null;
        });
    }

    @Override
    public Future<Void> check() {
        return onPool(() -> {
            try {
                Path probe = Files.createTempFile(Files.createDirectories(root), "check-", ".tmp");
                Files.delete(probe);
                return null;
            } catch (IOException e) {
                throw unavailable("written", e);
            }
        });
    }

    private RefusedException unavailable(String done, IOException why) {
        return new RefusedException(
                ErrorCode.UNAVAILABLE, "the directory " + root + " for modules cannot be " + done + ": " + why);
    }

    // Two levels of 256 directories keep each of them small; the digest goes through BinaryRef so that only hex gets into a path.
    private Path path(String sha256) {
        String name = new BinaryRef(sha256, 0).sha256();
        return root.resolve(name.substring(0, 2)).resolve(name.substring(2, 4)).resolve(name);
    }

    private static BinaryRef copy(Path from, Path to) throws IOException {
        MessageDigest digest = Sha256.begin();
        long size = 0;
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
                ByteBuffer rest = ByteBuffer.wrap(buffer, 0, read);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
            }
            out.force(true);
        }
        return new BinaryRef(Sha256.end(digest), size);
    }

    // The rename is durable when the directory is: on Linux and macOS a directory can be opened for reading and synced.
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private <T> Future<T> onPool(Callable<T> work) {
        return files.executeBlocking(work, false);
    }
}
