/**
 * The engine on Chicory, with WASI preview 1 for programs that have arguments, an environment, three streams and, when they are given
 * some, files in memory; no files of the host, and no network.
 *
 * <p>Layer 3. Imports {@code wasm}, {@code task}, {@code agent}; Chicory, and ASM for the exceptions that its compiler lets out.
 *
 * <p>To run one module without a node:
 *
 * <pre>{@code
 * var runtime = new ChicoryRuntime(InstantSource.system(), new SecureRandom());
 * try (var ticker = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
 *         var deadline = Deadline.start(ticker, limits.timeoutMs())) {
 *     PreparedModule module = runtime.prepare(Bytes.of(Files.readAllBytes(path)));
 *     RunReport report = module.run(new Invocation("hello", input, limits), listener, deadline);
 * }
 * }</pre>
 */
@NullMarked
package io.zerostate.wasm.chicory;

import org.jspecify.annotations.NullMarked;
