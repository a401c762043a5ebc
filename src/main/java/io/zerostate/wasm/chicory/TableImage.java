package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Value;
import java.util.Arrays;

/**
 * What a module's table starts with. Programs in Go and Rust have thousands of entries, and each is an expression that would have to be
 * evaluated for every run. They depend on the module alone, since all that a module may import is functions. The gate lets one table
 * through.
 */
final class TableImage {
    /** Of a table that elements fill, or of none. */
    static final TableImage EMPTY = new TableImage(new int[0], new int[0]);

    // Those that refer to something, and what they refer to.
    private final int[] entries;
    private final int[] functions;

    private TableImage(int[] entries, int[] functions) {
        this.entries = entries;
        this.functions = functions;
    }

    /** The table of an instance that has not started. */
    static TableImage of(Instance instance) {
        if (instance.tableCount() == 0) {
            return EMPTY;
        }
        TableInstance table = instance.table(0);
        int[] entries = new int[table.size()];
        int[] functions = new int[table.size()];
        int count = 0;
        for (int entry = 0; entry < table.size(); entry++) {
            if (table.ref(entry) != Value.REF_NULL_VALUE) {
                entries[count] = entry;
                functions[count++] = table.ref(entry);
            }
        }
        return new TableImage(Arrays.copyOf(entries, count), Arrays.copyOf(functions, count));
    }

    /** Fills the table of a new instance. */
    void copyTo(Instance instance) {
        if (entries.length > 0) {
            TableInstance table = instance.table(0);
            for (int i = 0; i < entries.length; i++) {
                table.setRef(entries[i], functions[i], instance);
            }
        }
    }

    /** Heap that the image itself costs. */
    long heapBytes() {
        return 2L * Integer.BYTES * entries.length;
    }
}
