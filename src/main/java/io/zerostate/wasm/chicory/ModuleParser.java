package io.zerostate.wasm.chicory;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.SectionId;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.ModuleRefusedException;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;

/** From bytes that passed the gate to Chicory's module, and from that to what runs need of it. */
final class ModuleParser {
    /** {@code (module (func unreachable))}. */
    private static final byte[] ONE_UNREACHABLE_FUNCTION = {
        0, 'a', 's', 'm', 1, 0, 0, 0, // header
        SectionId.TYPE, 4, 1, 0x60, 0, 0,
        SectionId.FUNCTION, 2, 1, 0,
        SectionId.CODE, 5, 1, 3, 0, 0x00, 0x0b,
    };

    /** In the place of a body that is not needed; fits every type. */
    private static final FunctionBody UNREACHABLE = Parser.parse(ONE_UNREACHABLE_FUNCTION).codeSection().getFunctionBody(0);

    private ModuleParser() {}

    /**
     * Parses and type-checks.
     *
     * @throws ModuleRefusedException when the module is not valid
     */
    static WasmModule parse(Bytes wasm) throws ModuleRefusedException {
        // Custom sections are left out: nothing here uses them, and their content was not looked at by the gate.
        Parser.Builder parser = Parser.builder();
        for (int section = SectionId.TYPE; section <= SectionId.DATA_COUNT; section++) {
            parser.includeSectionId(section);
        }
        try {
            return parser.build().parse(() -> new ByteArrayInputStream(wasm.array()));
        } catch (ChicoryException e) {
            throw new ModuleRefusedException("the module is not valid: " + oneLine(e.getMessage()), -1);
        } catch (StackOverflowError e) {
            throw new ModuleRefusedException("the module is nested too deeply", -1);
        } catch (RuntimeException | AssertionError e) {
            // The parser trusts indexes and nesting in places; what it trips over is the module's fault all the same.
            throw new ModuleRefusedException("the module is not valid: " + e.getClass().getSimpleName(), -1);
        }
    }

    /**
     * The module without most of what only compiler and memory image need: bodies of functions, and active data. What is left is a small
     * part of it.
     *
     * @param needed indexes of functions that keep their bodies, imports counted
     */
    static WasmModule slim(WasmModule module, Set<Integer> needed) {
        return slim(module, needed, module.elementSection());
    }

    /** What instances are made of once there are images of memory and table: the slim module without active elements. */
    static WasmModule forRuns(WasmModule module, Set<Integer> needed) {
        return slim(module, needed, elements(module.elementSection()));
    }

    private static WasmModule slim(WasmModule module, Set<Integer> needed, ElementSection elements) {
        WasmModule.Builder slim = WasmModule.builder()
                .withValidation(false)
                .setTypeSection(module.typeSection())
                .setImportSection(module.importSection())
                .setFunctionSection(module.functionSection())
                .setTableSection(module.tableSection())
                .setGlobalSection(module.globalSection())
                .setExportSection(module.exportSection())
                .setElementSection(elements)
                .setCodeSection(code(module, needed));
        module.memorySection().ifPresent(slim::setMemorySection);
        // Instructions may name data segments only where there is this section. Go has thousands of segments and does without.
        module.dataCountSection().ifPresent(count -> slim.setDataCountSection(count).setDataSection(data(module.dataSection())));
        return slim.build();
    }

    private static CodeSection code(WasmModule module, Set<Integer> needed) {
        CodeSection.Builder code = CodeSection.builder();
        int imported = module.importSection().count(ExternalType.FUNCTION);
        for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
            code.addFunctionBody(
                    needed.contains(imported + i) ? module.codeSection().getFunctionBody(i) : UNREACHABLE);
        }
        return code.build();
    }

    private static ElementSection elements(ElementSection section) {
        ElementSection.Builder elements = ElementSection.builder();
        for (Element element : section.elements()) {
            elements.addElement(
                    element instanceof ActiveElement active
                            ? new ActiveElement(active.type(), List.of(), active.tableIndex(), active.offset())
                            : element);
        }
        return elements.build();
    }

    private static DataSection data(DataSection section) {
        DataSection.Builder data = DataSection.builder();
        for (DataSegment segment : section.dataSegments()) {
            data.addDataSegment(
                    segment instanceof ActiveDataSegment active
                            ? new ActiveDataSegment(active.index(), active.offsetInstructions(), new byte[0])
                            : segment);
        }
        return data.build();
    }

    private static String oneLine(String message) {
        return message.replaceAll("[^\\x20-\\x7e]+", " ");
    }
}
