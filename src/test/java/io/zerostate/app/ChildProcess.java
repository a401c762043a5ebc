package io.zerostate.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The product as people start it: the fat jar in a process of its own. */
final class ChildProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Lines out;
    private final Lines err;

    private ChildProcess(Process process) {
        this.process = process;
        this.out = new Lines(process.getInputStream());
        this.err = new Lines(process.getErrorStream());
    }

    /** What a process wrote to one stream, collected as it comes. */
    private static final class Lines {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Lines(InputStream stream) {
            Thread.ofPlatform().daemon().start(() -> collect(stream));
        }

        private void collect(InputStream stream) {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (int next = reader.read(); next >= 0; next = reader.read()) {
                    synchronized (text) {
                        text.append((char) next);
                        text.notifyAll();
                    }
                }
            } catch (IOException closed) {
                // The process is gone; what it wrote until then is here.
            } finally {
                ended.complete(null);
                synchronized (text) {
                    text.notifyAll();
                }
            }
        }

        String await(Predicate<String> wanted) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            synchronized (text) {
                while (!wanted.test(text.toString())) {
                    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (left <= 0 || ended.isDone()) {
                        throw new IllegalStateException("not written, but: " + text);
                    }
                    text.wait(left);
                }
                return text.toString();
            }
        }

        String all() throws Exception {
            ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            synchronized (text) {
                return text.toString();
            }
        }
    }

    /**
     * Starts the jar.
     *
     * @param environment added to this process's, from which everything that is meant for the product is removed
     */
    static ChildProcess start(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("zerostate.jvm.flags").split(" ")));
        command.addAll(List.of("-Xmx1g", "-jar", System.getProperty("zerostate.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ZEROSTATE_"));
        builder.environment().put("XDG_CACHE_HOME", Path.of("target", "user-cache").toAbsolutePath().toString());
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static ChildProcess start(String... arguments) {
        return start(Map.of(), arguments);
    }

    /** Gives the process this and nothing more to read. */
    ChildProcess input(byte[] bytes) throws IOException {
        process.getOutputStream().write(bytes);
        process.getOutputStream().close();
        return this;
    }

    /** Waits until stdout has what is wanted. */
    String awaitOut(Predicate<String> wanted) throws InterruptedException {
        return out.await(wanted);
    }

    /** Waits until stderr has what is wanted. */
    String awaitErr(Predicate<String> wanted) throws InterruptedException {
        return err.await(wanted);
    }

    /** Everything on stdout, once the process has ended. */
    String out() throws Exception {
        return out.all();
    }

    /** Everything on stderr, once the process has ended. */
    String err() throws Exception {
        return err.all();
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException, TimeoutException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("the process goes on");
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
