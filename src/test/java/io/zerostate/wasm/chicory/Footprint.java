package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.ModuleGate;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.split.FunctionSplitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All that a program leaves behind: how it ended, what it told its host, each byte of its memory and its globals.
 *
 * @param end what a trap says, or that there was none
 * @param calls of the host, by name and arguments; each was answered with 0
 */
record Footprint(String end, List<String> calls, Bytes memory, List<Long> globals) {
    private static final int LIMIT_PAGES = 16;

    /** A program's footprint when it is compiled, and how many functions its pieces are. */
    record Compiled(Footprint footprint, int pieces) {}

    /** Compiles a program with its functions cut, and runs it. */
    static Compiled of(Bytes wasm, FunctionSplitter splitter) throws ModuleRefusedException, InterruptedException {
        WasmModule module = ModuleParser.parse(wasm);
        SplitFunctions functions = SplitFunctions.of(module, wasm, splitter);
        var machine = ModuleCompiler.compile(module, functions, null).machine();
        int pieces = functions.module().functionSection().functionCount() - module.functionSection().functionCount();
        return new Compiled(of(new Instances(module, machine, ModuleGate.check(wasm).imports(), TableImage.EMPTY), module), pieces);
    }

    private static Footprint of(Instances instances, WasmModule module) {
        int pages = (int) module.memorySection().orElseThrow().getMemory(0).limits().initialPages();
        int maximum = module.memorySection().orElseThrow().getMemory(0).limits().maximumPages();
        var memory = new LinearMemory(MemoryImage.ofZeros(pages), maximum, LIMIT_PAGES);
        List<String> calls = new ArrayList<>();
        Instance instance = instances.create(memory, name -> (caller, args) -> {
            calls.add(name + Arrays.toString(args));
            return new long[] {0};
        });
        String end = "returned";
        try {
            instance.export("_start").apply();
        } catch (ChicoryException trap) {
            end = TrapText.of(trap);
        }
        List<Long> globals = new ArrayList<>();
        for (int i = 0; i < module.globalSection().globalCount(); i++) {
            globals.add(instance.global(i).getValue());
        }
        return new Footprint(end, calls, Bytes.of(memory.readBytes(0, (int) memory.sizeBytes())), globals);
    }
}
