package io.zerostate.wasm;

import static io.zerostate.wasm.WasmBytes.END;
import static io.zerostate.wasm.WasmBytes.I32;
import static io.zerostate.wasm.WasmBytes.UNREACHABLE;
import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.call;
import static io.zerostate.wasm.WasmBytes.command;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.forever;
import static io.zerostate.wasm.WasmBytes.i32;
import static io.zerostate.wasm.WasmBytes.i64;
import static io.zerostate.wasm.WasmBytes.leb;
import static io.zerostate.wasm.WasmBytes.module;
import static io.zerostate.wasm.WasmBytes.name;
import static io.zerostate.wasm.WasmBytes.section;
import static io.zerostate.wasm.WasmBytes.vector;

import io.zerostate.task.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Modules that attack a runtime, each with what becomes of it here. */
public final class AttackModules {
    private static final byte[] DROP = bytes(0x1a);
    private static final byte[] NOTHING = {};
    /** The errno of what this WASI never does. */
    private static final int NOTSUP = 58;
    private static final int TOO_LARGE_TO_DECLARE = 0x7fffffff;

    /** A machine that is fast calls 100 million times before a second has passed. */
    private static final String BUDGET_OR_DEADLINE = "budget of host calls, or deadline";

    private AttackModules() {}

    /**
     * One attack.
     *
     * @param expected how its task ends: {@code refused} at the upload, {@code completed}, or the kind of its failure; a storm of
     *     cheap calls may reach its {@link #BUDGET_OR_DEADLINE}
     * @param exitCode of the program, where it ends by itself
     */
    public record Attack(String name, Bytes wasm, String expected, int exitCode) {
        Attack(String name, Bytes wasm, String expected) {
            this(name, wasm, expected, 0);
        }

        /** How its task may end. */
        public Set<String> outcomes() {
            return expected.equals(BUDGET_OR_DEADLINE) ? Set.of("trap", "timeout") : Set.of(expected);
        }

        /** What {@code zerostate run} may exit with. It takes more output than a task may write, which takes time. */
        public Set<Integer> exitCodes() {
            return switch (expected) {
                case "completed", "exit" -> Set.of(exitCode);
                case "timeout" -> Set.of(124);
                case BUDGET_OR_DEADLINE -> Set.of(124, 126);
                case "refused" -> Set.of(125);
                case "output_exceeded" -> Set.of(124, 126);
                default -> Set.of(126);
            };
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Every row of the table. The last one stays in a node's cache of modules, with more than all others together. */
    public static List<Attack> all() {
        return Stream.of(malformed(), costly(), outward(), floods(), endless(), traps(), largest()).flatMap(List::stream).toList();
    }

    /** Files that no compiler writes. */
    private static List<Attack> malformed() {
        Bytes sound = command(NOTHING);
        byte[][] sections = new WasmBytes().function(NOTHING).sections();
        return List.of(
                refused("name of 2 GiB", module(bytes(0), leb(6), leb(TOO_LARGE_TO_DECLARE), bytes('x'))),
                refused("2 billion types", module(bytes(1), leb(6), leb(TOO_LARGE_TO_DECLARE), bytes(0x60))),
                refused("data segment of 2 GiB", declaredData()),
                refused("name that is not UTF-8", changed(6, section(7, vector(concat(bytes(1, 0xff, 2, 0)))))),
                refused("LEB128 of 11 bytes", module(bytes(1), bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0))),
                refused("file cut short", Bytes.of(Arrays.copyOf(sound.array(), sound.length() - 3))),
                refused("bytes behind the end", Bytes.of(concat(sound.array(), bytes(0)))),
                refused("sections in the wrong order", module(sections[2], sections[0])),
                refused("code in the start section", changed(6, exports(), section(8, leb(0)))));
    }

    /** Sound files that would cost too much to prepare, or to hold. */
    private static List<Attack> costly() {
        return List.of(
                refused("2,000 groups of 50,000 locals", locals(2_000)),
                refused("64,000 blocks x br_table of 64,000", nestedBranches()),
                refused("16,000 imports of one function", duplicateImports()),
                refused("recursion with 50,000 locals", locals(1)),
                refused("a second memory", changed(4, section(5, vector(bytes(0, 1), bytes(0, 1))))),
                refused("3 tables of 10 M entries", changed(3, tables())),
                refused("WasmGC arrays", changed(0, section(1, vector(bytes(0x60, 0, 0), bytes(0x5e, I32, 1))))),
                refused("memory of 65,536 pages", new WasmBytes().memory(65_536).function(NOTHING).build()),
                refused("return_call loop", command(bytes(0x12, 0))),
                refused("throw/catch loop", command(forever(bytes(0x06, 0x40, 0x08, 0, 0x19, END)))));
    }

    /** Programs that reach for what is not theirs. */
    private static List<Attack> outward() {
        return List.of(
                new Attack("fd_read into 2 GiB", vectors("fd_read", 0, 0x7fffffff), "completed"),
                new Attack("fd_write from beyond memory", vectors("fd_write", 1, 0x7fffffff), "completed"),
                new Attack("random_get of 1 GiB", once("random_get", i32(0), i32(1 << 30)), "completed"),
                new Attack("fd_close of stdin", exitingWith("fd_close", i32(0)), "completed"),
                new Attack("fd_renumber over stdio", exitingWith("fd_renumber", i32(1), i32(0)), "completed"),
                new Attack("symlink to /etc", symlink(), "exit", NOTSUP),
                new Attack("path_open of everything", openedPaths(), "timeout"),
                new Attack("proc_exit with 1", exitingWith(1), "exit", 1),
                new Attack("proc_exit with 255", exitingWith(255), "exit", 255),
                new Attack("proc_exit with -1", exitingWith(-1), "exit", 255),
                new Attack("a secret left in memory", secret(), "completed"),
                new Attack("the next one looks for it", search(), "completed"));
    }

    /** Programs that take more than their share. */
    private static List<Attack> floods() {
        return List.of(
                new Attack("table.grow without end", grownTable(), "timeout"),
                new Attack("memory.grow without end", command(forever(i32(1), bytes(0x40, 0), DROP)), "timeout"),
                new Attack("fd_fdstat_set_rights in a loop", repeated("fd_fdstat_set_rights", i32(1), i64(0), i64(0)), BUDGET_OR_DEADLINE),
                new Attack("sched_yield in a loop", repeated("sched_yield"), BUDGET_OR_DEADLINE),
                new Attack("clock in a loop", repeated("clock_time_get", i32(0), i64(0), i32(0)), BUDGET_OR_DEADLINE),
                new Attack("poll_oneoff of one hour", sleep(), "timeout"),
                new Attack("stdout flood", vectors("fd_write", 1, 60_000, true), "output_exceeded"),
                new Attack("NUL and escapes, byte by byte", vectors("fd_write", 1, 1, true), "output_exceeded"));
    }

    /** Programs that hold their slot. */
    private static List<Attack> endless() {
        byte[] filling = concat(i32(0), i32(1), i32(64 * 65_536), bytes(0xfc, 11, 0));
        byte[] copying = concat(i32(1), i32(0), i32(63 * 65_536), bytes(0xfc, 10, 0, 0));
        return List.of(
                new Attack("loop without end", command(forever()), "timeout"),
                new Attack("br_table without end", command(bytes(0x03, 0x40), i32(0), bytes(0x0e, 0, 0, END)), "timeout"),
                new Attack("calls without end", new WasmBytes().function(forever(call(1))).function(NOTHING).build(), "timeout"),
                new Attack("call_indirect without end", indirect(forever(i32(0), bytes(0x11, 0, 0))), "timeout"),
                new Attack("memory.fill without end", new WasmBytes().memory(64).function(forever(filling)).build(), "timeout"),
                new Attack("memory.copy without end", new WasmBytes().memory(64).function(forever(copying)).build(), "timeout"));
    }

    private static List<Attack> traps() {
        return List.of(
                new Attack("recursion", command(call(0)), "trap"),
                new Attack("recursion by call_indirect", indirect(i32(1), bytes(0x11, 0, 0)), "trap"),
                new Attack("call_indirect of the wrong type", indirect(i32(0), bytes(0x11, 1, 0), DROP), "trap"),
                new Attack("unreachable", command(bytes(UNREACHABLE)), "trap"),
                new Attack("division by zero", command(i32(1), i32(0), bytes(0x6d), DROP), "trap"),
                new Attack("load from beyond memory", command(i32(-1), bytes(0x28, 2, 0), DROP), "trap"));
    }

    private static List<Attack> largest() {
        return List.of(new Attack("64 functions above 64 KB of bytecode", largeFunctions(), "completed"));
    }

    /** A harmless one, another for each code. */
    public static Bytes exitingWith(int code) {
        return new WasmBytes().importing("proc_exit").function(i32(code), call(0)).build();
    }

    private static Attack refused(String name, Bytes wasm) {
        return new Attack(name, wasm, "refused");
    }

    /** A harmless command, with one of its sections replaced. */
    private static Bytes changed(int index, byte[]... with) {
        byte[][] sections = new WasmBytes().function(NOTHING).sections();
        sections[index] = concat(with);
        return module(sections);
    }

    private static byte[] exports() {
        return new WasmBytes().function(NOTHING).sections()[6];
    }

    private static byte[] tables() {
        byte[] large = concat(bytes(0x70, 0), leb(10_000_000));
        return section(4, vector(large, large, large));
    }

    private static Bytes declaredData() {
        byte[][] sections = new WasmBytes().function(NOTHING).sections();
        byte[] segment = concat(bytes(0), i32(0), bytes(END), leb(TOO_LARGE_TO_DECLARE));
        sections[8] = section(11, leb(1), segment);
        return module(sections);
    }

    private static Bytes locals(int groups) {
        byte[][] declared = new byte[groups][];
        Arrays.fill(declared, concat(leb(50_000), bytes(I32)));
        return new WasmBytes().rawFunction(vector(declared), call(0), bytes(END)).build();
    }

    private static Bytes nestedBranches() {
        int count = 64_000;
        byte[] blocks = new byte[2 * count];
        byte[] ends = new byte[count];
        for (int i = 0; i < count; i++) {
            blocks[2 * i] = 0x02;
            blocks[2 * i + 1] = 0x40;
        }
        Arrays.fill(ends, (byte) END);
        byte[][] targets = new byte[count][];
        Arrays.fill(targets, leb(count - 1));
        return command(blocks, i32(0), bytes(0x0e), leb(count - 1), concat(targets), ends);
    }

    private static Bytes duplicateImports() {
        byte[][] imports = new byte[16_000][];
        Arrays.fill(imports, concat(name(Preview1.MODULE), name("sched_yield"), bytes(0), leb(1)));
        byte[][] sections = new WasmBytes().function(NOTHING).sections();
        sections[0] = section(1, vector(bytes(0x60, 0, 0), bytes(0x60, 0, 1, I32)));
        sections[1] = section(2, vector(imports));
        return module(sections);
    }

    private static Bytes largeFunctions() {
        byte[][] code = new byte[9_000][];
        Arrays.fill(code, concat(i32(8), i32(1), bytes(0x36, 2, 0)));
        byte[] body = concat(code);
        WasmBytes wasm = new WasmBytes().function(NOTHING);
        for (int i = 0; i < 64; i++) {
            wasm.function(body);
        }
        return wasm.build();
    }

    private static Bytes once(String function, byte[]... arguments) {
        return new WasmBytes().importing(function).function(concat(arguments), call(0), DROP).build();
    }

    private static Bytes repeated(String function, byte[]... arguments) {
        return new WasmBytes().importing(function).function(forever(concat(arguments), call(0), DROP)).build();
    }

    private static Bytes vectors(String function, int descriptor, int length) {
        return vectors(function, descriptor, length, false);
    }

    /** Reads or writes one vector at address 0, which says: at 16, so many bytes. */
    private static Bytes vectors(String function, int descriptor, int length, boolean endless) {
        byte[] vector = concat(
                i32(0), i32(16), bytes(0x36, 2, 0), i32(4), i32(length), bytes(0x36, 2, 0));
        byte[] once = concat(i32(descriptor), i32(0), i32(1), i32(8), call(0), DROP);
        return new WasmBytes().importing(function).function(vector, endless ? forever(once) : once).build();
    }

    private static Bytes grownTable() {
        byte[] grow = concat(bytes(0xd0, 0x70), i32(1_000_000), bytes(0xfc, 15, 0), DROP);
        return new WasmBytes().table(1).function(forever(grow)).build();
    }

    private static Bytes openedPaths() {
        String path = "../../../../../etc/passwd";
        byte[] open = concat(
                i32(3), i32(1), i32(0), i32(path.length()), i32(1), i64(-1), i64(-1), i32(0), i32(64), call(0), DROP);
        return new WasmBytes().importing("path_open").data(0, path).function(forever(open)).build();
    }

    /** One subscription at 0: the monotonic clock, one hour from now. */
    private static Bytes sleep() {
        byte[] subscription = concat(
                i32(16), i32(1), bytes(0x36, 2, 0), i32(24), i64(3_600_000_000_000L), bytes(0x37, 3, 0));
        byte[] poll = concat(i32(0), i32(64), i32(1), i32(128), call(0), DROP);
        return new WasmBytes().importing("poll_oneoff").function(subscription, poll).build();
    }

    /** Ends with the errno that the function answers. */
    private static Bytes exitingWith(String function, byte[]... arguments) {
        return new WasmBytes().importing(function, "proc_exit").function(concat(arguments), call(0), call(1)).build();
    }

    private static Bytes symlink() {
        String target = "/etc";
        return new WasmBytes()
                .importing("path_symlink", "proc_exit")
                .data(0, target)
                .function(i32(0), i32(target.length()), i32(3), i32(1), i32(3), call(0), call(1))
                .build();
    }

    private static Bytes secret() {
        byte[] fill = concat(i32(0), i32(0x53), i32(64 * 65_536), bytes(0xfc, 11, 0));
        return new WasmBytes().memory(64).function(fill).build();
    }

    /** Traps when a word of its memory is not 0. */
    private static Bytes search() {
        byte[] look = concat(
                bytes(0x20, 0, 0x29, 3, 0, 0x42, 0, 0x52, 0x04, 0x40, UNREACHABLE, END), // if (i64.load(at) != 0) unreachable
                bytes(0x20, 0), i32(8), bytes(0x6a, 0x22, 0), i32(64 * 65_536), bytes(0x49, 0x0d, 0)); // at += 8; br_if at < end
        return new WasmBytes()
                .memory(64)
                .rawFunction(leb(1), leb(1), bytes(I32), bytes(0x03, 0x40), look, bytes(END), bytes(END))
                .build();
    }

    /** A table of two: an empty function, and {@code _start} with this code. There is a second type, {@code () -> i32}. */
    private static Bytes indirect(byte[]... code) {
        byte[][] sections = new WasmBytes().table(2).function(code).function(NOTHING).sections();
        sections[0] = section(1, vector(bytes(0x60, 0, 0), bytes(0x60, 0, 1, I32)));
        byte[] element = section(9, vector(concat(bytes(0), i32(0), bytes(END), vector(leb(1), leb(0)))));
        sections[6] = concat(sections[6], element);
        return module(sections);
    }
}
