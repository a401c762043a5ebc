package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import io.zerostate.wasm.Preview1;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes the instances of one module. Safe from any thread. */
final class Instances {
    /** Far above what compilers write; an entry costs 8 bytes of heap that the memory limit does not see. */
    private static final long MAX_TABLE = 1_000_000;

    private final WasmModule module;
    private final Function<Instance, Machine> machine;
    private final List<Import> imports;
    private final TableImage table;

    private record Import(String name, FunctionType type) {}

    /**
     * @param imports functions of preview 1, in the module's order
     * @param table what it starts with beside what the elements of the module say
     */
    Instances(WasmModule module, Function<Instance, Machine> machine, List<String> imports, TableImage table) {
        this.module = module;
        this.machine = machine;
        this.table = table;
        this.imports = imports.stream().map(name -> new Import(name, type(name))).toList();
    }

    private static FunctionType type(String name) {
        String[] signature = String.valueOf(Preview1.signature(name)).split(":", -1);
        return FunctionType.of(values(signature[0]), values(signature[1]));
    }

    private static List<ValType> values(String letters) {
        return letters.chars().mapToObj(letter -> letter == 'i' ? ValType.I32 : ValType.I64).toList();
    }

    /** A new instance, initialised but not started. */
    Instance create(LinearMemory memory, Function<String, WasmFunctionHandle> host) {
        List<ImportFunction> functions = new ArrayList<>(imports.size());
        for (Import entry : imports) {
            functions.add(new ImportFunction(Preview1.MODULE, entry.name(), entry.type(), host.apply(entry.name())));
        }
        Instance instance = Instance.builder(module)
                .withImportValues(ImportValues.builder().withFunctions(functions).build())
                .withMachineFactory(machine)
                .withMemoryFactory(limits -> memory)
                .withTableFactory(Instances::table)
                .withUnsafeExecutionListener(Instances::checkInterruption)
                .withStart(false)
                .build();
        table.copyTo(instance);
        return instance;
    }

    // The interpreter of 1.7.5 looks for an interruption at calls and at br, but not at these two, so that a loop on them alone would
    // never end. Compiled code looks at every backward branch by itself and does not come here.
    private static void checkInterruption(Instruction instruction, MStack stack) {
        OpCode opcode = instruction.opcode();
        if ((opcode == OpCode.BR_IF || opcode == OpCode.BR_TABLE) && Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("interrupted at a branch");
        }
    }

    // With limits of its own: a table that grows writes its size into them, and the module's are shared by all runs.
    private static TableInstance table(Table declared, int initial) {
        long minimum = declared.limits().min();
        var limits = new TableLimits(minimum, Math.max(minimum, Math.min(declared.limits().max(), MAX_TABLE)));
        return new TableInstance(new Table(declared.elementType(), limits, declared.initialize()), initial);
    }
}
