package io.zerostate.wasm.chicory;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.CompiledModule;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a module's functions into classes of the JVM. A method of the JVM has at most 64 KiB, so some functions are too large for
 * one. Which ones shows only when it is tried, and one failure costs the work on all functions; so the large ones are tried
 * first, with the bodies of all others left out.
 */
final class ModuleCompiler {
    /** At 3 to 4.5 bytes an instruction, which is what compilers' output comes to, this many make 64 KiB at the earliest. */
    private static final int DOUBTFUL_INSTRUCTIONS = 12_000;
    /** With more than this it would take less than 1.7 bytes an instruction to fit. */
    private static final int TOO_MANY_INSTRUCTIONS = 40_000;
    /** A file of 6.7 MB can have 64 functions just above the limit; real modules have none or a few. */
    private static final int MAX_PASSES = 16;
    /** Of processor time, which does not depend on what else runs; after this no other pass is begun. 10 MB of code take some 4. */
    private static final long BUDGET_SECONDS = 40;

    private static final Logger LOG = LoggerFactory.getLogger(ModuleCompiler.class);

    private final WasmModule module;
    private final Set<Integer> whole;
    private final int imported;
    private final Set<Integer> interpreted = new HashSet<>();
    private final long started;
    private int passes;

    /**
     * @param machine makes the machine of each instance
     * @param interpreted indexes of functions that are interpreted, imports counted
     * @param slow of functions that are compiled, but too large for the JVM to make them fast
     * @param warning for people, empty when all went well
     */
    record Compiled(Function<Instance, Machine> machine, Set<Integer> interpreted, Set<Integer> slow, String warning) {}

    /** @param started processor time of this thread when the work on the module began */
    private ModuleCompiler(SplitFunctions functions, long started) {
        this.started = started;
        this.module = functions.module();
        this.whole = functions.whole();
        this.imported = module.importSection().count(ExternalType.FUNCTION);
    }

    /**
     * Compiles what can be compiled and leaves the rest to the interpreter.
     *
     * @param functions the module, with its large functions cut; where that does not help, the module as it is stays what counts
     * @param made takes the classes; stays empty when all is interpreted because the compiler failed. Null when nobody wants them
     * @throws InterruptedException when the thread was interrupted
     */
    static Compiled compile(WasmModule module, SplitFunctions functions, @Nullable JarHolder made) throws InterruptedException {
        long started = threadNanos();
        if (!functions.cut().isEmpty()) {
            try {
                Compiled compiled = new ModuleCompiler(functions, started).compiled(made);
                if (compiled.interpreted().stream().noneMatch(functions.cut()::contains)) {
                    return compiled;
                }
                LOG.warn("pieces of a module's functions are too large to compile, it is compiled without");
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                LOG.warn("the compilation of a module's functions in pieces failed, it is compiled without", e);
            }
        }
        return compiledWhole(functions.uncut(module), started, made);
    }

    private static Compiled compiledWhole(SplitFunctions functions, long started, @Nullable JarHolder made) throws InterruptedException {
        if (made != null) {
            made.clear();
        }
        try {
            return new ModuleCompiler(functions, started).compiled(made);
        } catch (GivenUpException e) {
            return interpreted(functions.module(), e.getMessage() + "; it runs slowly");
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("a module is interpreted because its compilation failed", e);
            return interpreted(functions.module(), "the module could not be compiled; it runs slowly");
        }
    }

    /** Leaves everything to the interpreter. */
    static Compiled interpreted(WasmModule module, String warning) {
        Set<Integer> all = new ModuleCompiler(SplitFunctions.none(module), 0).all();
        return new Compiled(InterpreterMachine::new, all, Set.of(), warning);
    }

    /** Loads what was compiled before. Fails in any way with classes that this compiler did not make of this module. */
    static Compiled load(WasmModule module, CompiledCode kept) {
        var machine = ((CompiledModule) compiler(module, kept.interpreted())
                        .withCache(JarHolder.of(kept.classes()))
                        .compile())
                .machineFactory();
        return new Compiled(machine, kept.interpreted(), kept.slow(), "");
    }

    private Compiled compiled(@Nullable JarHolder made) throws InterruptedException {
        tryLargeFunctions();
        while (true) {
            try {
                var machine = ((CompiledModule) pass(compiler(module, interpreted).withCache(made))).machineFactory();
                Set<Integer> slow = new HashSet<>(whole);
                slow.removeAll(interpreted);
                return new Compiled(machine, Set.copyOf(interpreted), slow, "");
            } catch (ChicoryException e) {
                interpreted.add(tooLarge(e));
            }
        }
    }

    private void tryLargeFunctions() throws InterruptedException {
        Set<Integer> doubtful = new HashSet<>();
        for (int function : all()) {
            int instructions = module.codeSection().getFunctionBody(function - imported).instructions().size();
            if (instructions > TOO_MANY_INSTRUCTIONS) {
                interpreted.add(function);
            } else if (instructions > DOUBTFUL_INSTRUCTIONS) {
                doubtful.add(function);
            }
        }
        while (!doubtful.isEmpty()) {
            try {
                // Not left to the interpreter: the list of those has to fit into a method itself, which holds some 6,000.
                pass(compiler(ModuleParser.slim(module, doubtful), Set.of()));
                return;
            } catch (ChicoryException e) {
                int function = tooLarge(e);
                doubtful.remove(function);
                interpreted.add(function);
            }
        }
    }

    private Function<Instance, Machine> pass(MachineFactoryCompiler.Builder compiler) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while compiling a module");
        }
        if (++passes > MAX_PASSES) {
            throw new GivenUpException("the module has too many functions that are too large to compile");
        }
        if (threadNanos() - started > TimeUnit.SECONDS.toNanos(BUDGET_SECONDS)) {
            throw new GivenUpException("the module takes longer than " + BUDGET_SECONDS + " s to compile");
        }
        return compiler.compile();
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static MachineFactoryCompiler.Builder compiler(WasmModule module, Set<Integer> leftOut) {
        return MachineFactoryCompiler.builder(module)
                .withInterpreterFallback(InterpreterFallback.FAIL)
                .withInterpretedFunctions(leftOut);
    }

    /** The function that the compiler gave up on; rethrows what is something else. */
    private static int tooLarge(ChicoryException failure) {
        if (failure.getCause() instanceof MethodTooLargeException e && e.getMethodName().startsWith("func_")) {
            return Integer.parseInt(e.getMethodName().substring("func_".length()));
        }
        throw failure;
    }

    private Set<Integer> all() {
        return IntStream.range(imported, imported + module.functionSection().functionCount())
                .boxed()
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The module runs all the same. */
    private static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUpException(String why) {
            super(why, null, false, false);
        }
    }
}
