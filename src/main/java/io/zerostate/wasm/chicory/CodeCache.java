package io.zerostate.wasm.chicory;

import com.dylibso.chicory.wasm.Version;
import io.zerostate.wasm.ModuleGate;
import io.zerostate.wasm.SharedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps compiled code in a directory, one file for each module, engine and gate, so that a node that was started anew need not compile
 * again. What is in it runs in this JVM, so each file begins with a code that only the holder of the key could have made of its name and
 * content: of a file that somebody put there, or changed, or renamed, nothing is used.
 *
 * <p>Blocks the calling thread for as long as files take. Safe from any thread. Never fails: without the cache, modules are compiled.
 */
public final class CodeCache {
    private static final Logger LOG = LoggerFactory.getLogger(CodeCache.class);

    /** Of the files' own form, and of how the compiler is asked: to be raised when functions are cut in another way. */
    private static final int FORMAT = 3;

    /** What this build makes and reads; files of another one are left until there is need of their room. */
    private static final String SUFFIX =
            ".chicory-" + Version.version() + ".gate-" + ModuleGate.VERSION + ".format-" + FORMAT;

    private static final String UNFINISHED = ".new";

    private final Path directory;
    private final CodeSeal seal;
    private final long maximumBytes;
    private final InstantSource clock;
    private final SharedCode shared;

    /** A cache of this node alone. */
    public CodeCache(Path directory, byte[] key, long maximumBytes, InstantSource clock) throws IOException {
        this(directory, key, maximumBytes, clock, SharedCode.NONE);
    }

    /**
     * Makes the directory if need be.
     *
     * @param key secret; of any length, and worth nothing below 16 bytes
     * @param maximumBytes of all files together; those that were used longest ago go first
     * @param shared asked for what is not in the directory, and told what was compiled; of use among nodes with the same key
     * @throws IOException when the directory cannot be used
     */
    public CodeCache(Path directory, byte[] key, long maximumBytes, InstantSource clock, SharedCode shared)
            throws IOException {
        this.directory = Files.createDirectories(directory);
        this.seal = new CodeSeal(key);
        this.maximumBytes = maximumBytes;
        this.clock = clock;
        this.shared = shared;
        for (Path file : files()) {
            if (file.toString().endsWith(UNFINISHED)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * The code of a module.
     *
     * @param sha256 of the module's bytes, in hex
     * @return null when it is not there, or cannot be trusted
     * @throws InterruptedException when the thread was interrupted while it waited for another node's
     */
    @Nullable CompiledCode get(String sha256) throws InterruptedException {
        String name = sha256 + SUFFIX;
        CompiledCode kept = kept(name);
        return kept == null ? found(name) : kept;
    }

    private @Nullable CompiledCode kept(String name) {
        Path file = directory.resolve(name);
        try {
            CompiledCode code = opened(name, Files.readAllBytes(file));
            if (code == null) {
                Files.deleteIfExists(file);
            } else {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            }
            return code;
        } catch (NoSuchFileException notThere) {
            return null;
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("file", file).setCause(failure).log("compiled code cannot be read");
            return null;
        }
    }

    private @Nullable CompiledCode found(String name) throws InterruptedException {
        byte[] sealed = shared.find(name);
        if (sealed == null) {
            return null;
        }
        try {
            CompiledCode code = opened(name, sealed);
            if (code != null) {
                keep(name, sealed);
            }
            return code;
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("name", name).setCause(failure).log("another node's compiled code cannot be read");
            return null;
        }
    }

    private @Nullable CompiledCode opened(String name, byte[] sealed) throws IOException {
        byte[] content = seal.open(name, sealed);
        if (content == null) {
            LOG.atWarn().addKeyValue("name", name).log("compiled code has a wrong HMAC: not used, the module is compiled again");
            return null;
        }
        return CompiledCode.read(content);
    }

    /** Keeps the code of a module, if it fits at all, for this node and for the others. */
    void put(String sha256, CompiledCode code) {
        String name = sha256 + SUFFIX;
        byte[] sealed = seal.close(name, code.write());
        shared.offer(name, sealed);
        keep(name, sealed);
    }

    private void keep(String name, byte[] sealed) {
        if (sealed.length > maximumBytes) {
            return;
        }
        try {
            makeRoom(sealed.length);
            Path unfinished = Files.createTempFile(directory, "code-", UNFINISHED);
            Files.write(unfinished, sealed);
            Files.setLastModifiedTime(unfinished, FileTime.from(clock.instant()));
            Files.move(
                    unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("name", name).setCause(failure).log("compiled code cannot be kept");
        }
    }

    /** One at a time: two at once would each leave the other's file out of its sum. */
    private synchronized void makeRoom(long bytes) throws IOException {
        record Kept(Path file, long bytes, FileTime used) {}
        Stream.Builder<Kept> found = Stream.builder();
        for (Path file : files()) {
            try {
                found.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
            } catch (NoSuchFileException goneMeanwhile) {
                LOG.debug("{} is gone", file);
            }
        }
        List<Kept> oldestFirst = found.build().sorted(Comparator.comparing(Kept::used)).toList();
        long free = maximumBytes - oldestFirst.stream().mapToLong(Kept::bytes).sum();
        for (Kept kept : oldestFirst) {
            if (free >= bytes) {
                return;
            }
            Files.deleteIfExists(kept.file());
            free += kept.bytes();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The digest under which the code of a module is kept. */
    static String sha256(byte[] wasm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(wasm));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
