package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import io.zerostate.agent.ModuleReport;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.ModuleProfile;
import io.zerostate.wasm.ModuleGate;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.Preview1;
import io.zerostate.wasm.Refusal;
import io.zerostate.wasm.WasmRuntime;
import io.zerostate.wasm.split.CompiledFunctions;
import io.zerostate.wasm.split.FunctionSplitter;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine on Chicory. Safe from any thread; one per node is enough. */
public final class ChicoryRuntime implements WasmRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(ChicoryRuntime.class);

    // What keeping a module costs, fitted to the test agents: classes are 1.75 bytes per byte of code, and a few of their own.
    private static final long CLASS_BYTES = 48 * 1024;
    private static final long CLASS_BYTES_PER_CODE_BYTE = 2;
    private static final long BYTES_PER_ENTRY = 160;
    private static final long BYTES_PER_INSTRUCTION = 104;

    /** What one preparation may take of the heap: two at a time, and the tasks, must find room beside each other. */
    private static final int PREPARE_HEAP_SHARE = 3;
    /** Ten times what the main loops of interpreters have; a few thousand calls deep they take 100 MB. */
    private static final int MAX_INTERPRETED_LOCALS = 4_000;
    private static final long MIB = 1024 * 1024;

    private final ChicoryModule.World world;
    private final Translation translation;
    private final @Nullable CodeCache cache;
    private final FunctionSplitter splitter;

    /** How functions become something that the JVM runs. */
    public enum Translation {
        /** Compiled to classes; what is too large for that is interpreted. */
        COMPILED,
        /** Interpreted, 50 to 100 times slower; ready at once. */
        INTERPRETED
    }

    /**
     * @param clock what programs see as the time of day
     * @param random what programs get from {@code random_get}; safe from any thread and, outside of tests, not guessable
     */
    public ChicoryRuntime(InstantSource clock, RandomGenerator random) {
        this(clock, random, Translation.COMPILED);
    }

    /** As the other constructor, with another translation than compiling. */
    public ChicoryRuntime(InstantSource clock, RandomGenerator random, Translation translation) {
        this(WorldClock.real(clock), random, translation);
    }

    /**
     * With all that programs see of the world from elsewhere, so that it can be the same each time.
     *
     * @param clock safe from any thread, as {@code random}
     */
    public ChicoryRuntime(WorldClock clock, RandomGenerator random, Translation translation) {
        this(new ChicoryModule.World(clock, random), translation, null, FunctionSplitter.STANDARD);
        // Used once here, with an empty stack: a program could else see to it that their classes are first initialised where the stack
        // overflows, and a class whose initialisation failed is lost for as long as the JVM runs.
        clock.realtimeNanos();
        random.nextBytes(new byte[1]);
    }

    private ChicoryRuntime(
            ChicoryModule.World world, Translation translation, @Nullable CodeCache cache, FunctionSplitter splitter) {
        this.world = world;
        this.translation = translation;
        this.cache = cache;
        this.splitter = splitter;
    }

    /** The same engine, which keeps what it compiles and loads what it kept. */
    public ChicoryRuntime withCache(CodeCache kept) {
        return new ChicoryRuntime(world, translation, kept, splitter);
    }

    /** The same engine, which splits other functions than those that are too large for the JVM. */
    public ChicoryRuntime withSplitter(FunctionSplitter other) {
        return new ChicoryRuntime(world, translation, cache, other);
    }

    @Override
    public PreparedModule prepare(Bytes wasm) throws ModuleRefusedException, InterruptedException {
        long start = System.nanoTime();
        ModuleProfile profile = ModuleGate.check(wasm);
        requireHeap(profile.prepareHeapBytes());
        Ready ready = ready(wasm);
        WasmModule module = ready.module();
        ModuleCompiler.Compiled compiled = ready.compiled();
        requireSmallFrames(module, compiled.interpreted());
        Images images = images(module, profile, compiled);
        WasmModule slim = ModuleParser.forRuns(module, compiled.interpreted());
        var instances = new Instances(slim, compiled.machine(), profile.imports(), images.table());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new ChicoryModule(
                report(profile, compiled, wasm, millis), weight(slim, profile, images), instances, images.memory(), world);
    }

    private static void requireHeap(long bytes) throws ModuleRefusedException {
        long available = Runtime.getRuntime().maxMemory() / PREPARE_HEAP_SHARE;
        if (bytes > available) {
            throw new ModuleRefusedException(
                    "the module takes about " + bytes / MIB + " MiB of heap to prepare, this node can spare "
                            + available / MIB + " MiB",
                    -1);
        }
    }

    /** A compiled function has its locals on the stack, which is bounded; the interpreter has them on the heap, once for each call. */
    private static void requireSmallFrames(WasmModule module, Set<Integer> interpreted) throws ModuleRefusedException {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        for (int function : interpreted) {
            int locals = module.codeSection().getFunctionBody(function - imported).localTypes().size();
            if (locals > MAX_INTERPRETED_LOCALS) {
                throw new ModuleRefusedException(new Refusal(
                        Refusal.Code.LIMIT,
                        "function " + function + " is too large to compile and has " + locals + " locals, at most "
                                + MAX_INTERPRETED_LOCALS + " are allowed then",
                        Refusal.NOWHERE,
                        MAX_INTERPRETED_LOCALS));
            }
        }
    }

    /** @param module where it was compiled before, without the bodies of what was compiled */
    private record Ready(WasmModule module, ModuleCompiler.Compiled compiled) {}

    private Ready ready(Bytes wasm) throws ModuleRefusedException, InterruptedException {
        CodeCache kept = cache;
        if (translation == Translation.INTERPRETED) {
            WasmModule module = ModuleParser.parse(wasm);
            return new Ready(module, ModuleCompiler.interpreted(module, ""));
        }
        if (kept == null) {
            return compiled(wasm, null);
        }
        String sha256 = CodeCache.sha256(wasm.array());
        CompiledCode code = kept.get(sha256);
        if (code != null) {
            try {
                return loaded(wasm, code);
            } catch (ModuleRefusedException | RuntimeException | LinkageError e) {
                LOG.atWarn().addKeyValue("sha256", sha256).setCause(e).log("compiled code cannot be loaded, the module is compiled again");
            }
        }
        JarHolder made = JarHolder.empty();
        Ready ready = compiled(wasm, made);
        byte[] jar = made.jar();
        if (jar != null) {
            kept.put(sha256, new CompiledCode(ready.compiled().interpreted(), ready.compiled().slow(), jar));
        }
        return ready;
    }

    private Ready compiled(Bytes wasm, @Nullable JarHolder made) throws ModuleRefusedException, InterruptedException {
        WasmModule module = ModuleParser.parse(wasm);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while preparing a module");
        }
        return new Ready(module, ModuleCompiler.compile(module, SplitFunctions.of(module, wasm, splitter), made));
    }

    /** Whoever made the code had checked these very bytes: to parse and check the functions again takes longer than all the rest. */
    private static Ready loaded(Bytes wasm, CompiledCode code) throws ModuleRefusedException {
        WasmModule module = ModuleParser.parse(Bytes.of(CompiledFunctions.leaveOut(wasm.array(), code.interpreted())));
        return new Ready(module, ModuleCompiler.load(module, code));
    }

    /** What each run starts with. */
    private record Images(MemoryImage memory, TableImage table) {}

    /** Makes one instance for its images alone. That also shows, while there is somebody to tell, whether the module links. */
    private static Images images(WasmModule module, ModuleProfile profile, ModuleCompiler.Compiled compiled)
            throws ModuleRefusedException {
        int pages = (int) (profile.memory().minimum() / LinearMemory.PAGE_SIZE);
        var memory = new LinearMemory(MemoryImage.ofZeros(pages), pages, pages);
        WasmFunctionHandle unused = (instance, args) -> {
            throw new IllegalStateException("a module without a start section called its host before it started");
        };
        try {
            Instance instance = new Instances(module, compiled.machine(), profile.imports(), TableImage.EMPTY)
                    .create(memory, name -> unused);
            return new Images(memory.toImage(), TableImage.of(instance));
        } catch (ChicoryException e) {
            throw new ModuleRefusedException("the module cannot be instantiated: " + e.getMessage(), -1);
        } catch (RuntimeException e) {
            throw new ModuleRefusedException("the module cannot be instantiated: " + e.getClass().getSimpleName(), -1);
        }
    }

    private ModuleReport report(ModuleProfile profile, ModuleCompiler.Compiled compiled, Bytes wasm, long millis) {
        // Where all are interpreted because somebody asked for it, that is no news.
        List<String> warnings = translation == Translation.INTERPRETED ? List.of() : SlowFunctions.warnings(compiled, wasm);
        return new ModuleReport(
                profile.imports().stream().map(name -> Preview1.MODULE + "." + name).toList(),
                profile.memory().minimum(),
                profile.memory().maximum(),
                profile.functions(),
                compiled.interpreted().size(),
                millis,
                warnings,
                ModuleGate.VERSION,
                profile.hints());
    }

    private static long weight(WasmModule slim, ModuleProfile profile, Images images) {
        long entries = profile.functions();
        for (var element : slim.elementSection().elements()) {
            entries += element.initializers().size();
        }
        long instructions = 0;
        for (var body : slim.codeSection().functionBodies()) {
            instructions += body.instructions().size();
        }
        return CLASS_BYTES
                + profile.codeBytes() * CLASS_BYTES_PER_CODE_BYTE
                + images.memory().heapBytes()
                + images.table().heapBytes()
                + entries * BYTES_PER_ENTRY
                + instructions * BYTES_PER_INSTRUCTION;
    }
}
