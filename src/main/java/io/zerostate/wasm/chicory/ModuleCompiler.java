package io.zerostate.wasm.chicory;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ClassCollector;
import com.dylibso.chicory.compiler.internal.ClassLoadingCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a module's functions into classes of the JVM. */
final class ModuleCompiler {
    /**
     * The compiler starts over for each function that is larger than a method of the JVM can be. A file of 6.7 MB can have 64 of them
     * and keep it busy for 10 s; real modules have none or a few.
     */
    private static final int MAX_PASSES = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ModuleCompiler.class);

    /**
     * @param machine makes the machine of each instance
     * @param interpreted indexes of functions that are interpreted, imports counted
     * @param classBytes size of the classes
     * @param warning for people, empty when all went well
     */
    record Compiled(
            Function<Instance, Machine> machine, Set<Integer> interpreted, long classBytes, String warning) {}

    private ModuleCompiler() {}

    /**
     * Compiles what can be compiled and leaves the rest to the interpreter.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    static Compiled compile(WasmModule module) throws InterruptedException {
        try {
            // The public builder around this compiler does not tell which functions it left to the interpreter.
            var result = Compiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.SILENT)
                    .withClassCollectorFactory(passes())
                    .build()
                    .compile();
            long classBytes = result.classBytes().values().stream().mapToLong(bytes -> bytes.length).sum();
            Set<Integer> interpreted = result.interpretedFunctions();
            return new Compiled(
                    ((ClassLoadingCollector) result.collector()).machineFactory(),
                    interpreted,
                    classBytes,
                    interpreted.isEmpty() ? "" : interpreted.size() + " functions are too large to compile and run slowly");
        } catch (TooManyPassesException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while compiling a module");
            }
            return interpreted(module, "the module has too many functions that are too large to compile; it runs slowly");
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("a module is interpreted because its compilation failed", e);
            return interpreted(module, "the module could not be compiled; it runs slowly");
        }
    }

    static Compiled interpreted(WasmModule module, String warning) {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        Set<Integer> all = IntStream.range(imported, imported + module.functionSection().functionCount())
                .boxed()
                .collect(Collectors.toSet());
        return new Compiled(InterpreterMachine::new, all, 0, warning);
    }

    private static Supplier<ClassCollector> passes() {
        int[] passes = {0};
        return () -> {
            if (++passes[0] > MAX_PASSES || Thread.currentThread().isInterrupted()) {
                throw new TooManyPassesException();
            }
            return new ClassLoadingCollector();
        };
    }

    private static final class TooManyPassesException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyPassesException() {
            super(null, null, false, false);
        }
    }
}
