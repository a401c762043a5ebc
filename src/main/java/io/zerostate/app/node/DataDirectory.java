package io.zerostate.app.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory that one node keeps its files in, and the lock that keeps a second node out. The lock belongs to the process: it
 * goes when the process does, however that happens.
 */
final class DataDirectory implements AutoCloseable {
    private static final int PID_DIGITS = 20;

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Makes the directory if need be, and locks it. */
    static DataDirectory open(Path path) throws NodeStartException {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            FileChannel file = FileChannel.open(
                    absolute.resolve("node.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!lock(file)) {
                String owner = read(file);
                file.close();
                throw new NodeStartException("the data directory " + absolute + " is in use by another node (process " + owner
                        + "): stop it, or choose another with --data-dir");
            }
            write(file, Long.toString(ProcessHandle.current().pid()));
            return new DataDirectory(absolute, file);
        } catch (FileSystemException failure) {
            String reason = failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
            throw new NodeStartException("cannot write to the data directory " + absolute + ": " + failure.getFile() + ": " + reason);
        } catch (IOException failure) {
            throw new NodeStartException("cannot write to the data directory " + absolute + ": " + failure.getMessage());
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            @Nullable FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String read(FileChannel file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PID_DIGITS);
        file.read(buffer, 0);
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString().strip();
    }

    private static void write(FileChannel file, String text) throws IOException {
        file.truncate(0);
        file.write(StandardCharsets.US_ASCII.encode(text), 0);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
