package io.zerostate.wasm;

import io.zerostate.task.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes modules byte by byte, also those that no tool would write.
 *
 * <p>A command has the type {@code ()->()} at index 0, its imports' types after that, one memory, and {@code _start} as its first
 * own function.
 */
public final class WasmBytes {
    public static final int END = 0x0b;
    public static final int UNREACHABLE = 0x00;
    public static final int I32 = 0x7f;
    public static final int I64 = 0x7e;

    private final List<String> imports = new ArrayList<>();
    private final List<byte[]> furtherTypes = new ArrayList<>();
    private final List<Integer> functionTypes = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<byte[]> segments = new ArrayList<>();
    private byte[] memory = bytes(0, 1);
    private byte[] table = {};
    private byte[] globals = {};

    /** A command that runs this code, {@code end} added. */
    public static Bytes command(byte[]... code) {
        return new WasmBytes().function(code).build();
    }

    /** Adds a function of preview 1; they are numbered from 0 in this order. */
    public WasmBytes importing(String... names) {
        imports.addAll(List.of(names));
        return this;
    }

    /** Adds a function {@code ()->()} without locals; the first is {@code _start}. */
    public WasmBytes function(byte[]... code) {
        return function(0, leb(0), concat(code), bytes(END));
    }

    /** Adds a function {@code ()->()} of which this is all: locals, code and end. */
    public WasmBytes rawFunction(byte[]... body) {
        return function(0, body);
    }

    /** As {@link #rawFunction}, of a type that was added before. */
    public WasmBytes function(int type, byte[]... body) {
        functionTypes.add(type);
        bodies.add(concat(body));
        return this;
    }

    /** Adds a type of functions and blocks, behind those of the imports, which must all be there. Its index is the next one. */
    public WasmBytes type(byte[] params, byte[] results) {
        furtherTypes.add(concat(bytes(0x60), vector(params.length, params), vector(results.length, results)));
        return this;
    }

    private static byte[] vector(int count, byte[] items) {
        return concat(leb(count), items);
    }

    public WasmBytes memory(int minimum, int maximum) {
        memory = concat(bytes(1), leb(minimum), leb(maximum));
        return this;
    }

    public WasmBytes memory(int minimum) {
        memory = concat(bytes(0), leb(minimum));
        return this;
    }

    /** A table of funcref that holds the given functions, with no maximum. */
    public WasmBytes table(int minimum) {
        table = section(4, vector(concat(bytes(0x70, 0), leb(minimum))));
        return this;
    }

    /** One mutable i32 that starts with 0. */
    public WasmBytes global() {
        globals = section(6, vector(concat(bytes(I32, 1), i32(0), bytes(END))));
        return this;
    }

    public WasmBytes data(int offset, String text) {
        segments.add(concat(bytes(0), i32(offset), bytes(END), name(text)));
        return this;
    }

    public Bytes build() {
        return module(sections());
    }

    /** The sections of the command, in order, for those who want to change them. */
    public byte[][] sections() {
        List<byte[]> types = new ArrayList<>();
        types.add(bytes(0x60, 0, 0));
        List<byte[]> imported = new ArrayList<>();
        for (String name : imports) {
            String[] signature = String.valueOf(Preview1.signature(name)).split(":", -1);
            imported.add(concat(name(Preview1.MODULE), name(name), bytes(0), leb(types.size())));
            types.add(concat(bytes(0x60), values(signature[0]), values(signature[1])));
        }
        types.addAll(furtherTypes);
        List<byte[]> functions = functionTypes.stream().map(WasmBytes::leb).toList();
        List<byte[]> code = bodies.stream().map(body -> concat(leb(body.length), body)).toList();
        byte[] exports = vector(
                concat(name("memory"), bytes(2, 0)), concat(name("_start"), bytes(0), leb(imports.size())));
        return new byte[][] {
            section(1, vector(types)),
            imports.isEmpty() ? new byte[0] : section(2, vector(imported)),
            section(3, vector(functions)),
            table,
            section(5, vector(memory)),
            globals,
            section(7, exports),
            section(10, vector(code)),
            segments.isEmpty() ? new byte[0] : section(11, vector(segments)),
        };
    }

    /** A module of these sections. */
    public static Bytes module(byte[]... sections) {
        return Bytes.of(concat(bytes(0, 'a', 's', 'm', 1, 0, 0, 0), concat(sections)));
    }

    public static byte[] section(int id, byte[]... content) {
        byte[] all = concat(content);
        return concat(bytes(id), leb(all.length), all);
    }

    public static byte[] vector(List<byte[]> items) {
        return vector(items.toArray(new byte[0][]));
    }

    public static byte[] vector(byte[]... items) {
        return concat(leb(items.length), concat(items));
    }

    public static byte[] name(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return concat(leb(utf8.length), utf8);
    }

    public static byte[] values(String letters) {
        byte[] types = leb(letters.length());
        for (char letter : letters.toCharArray()) {
            types = concat(types, bytes(letter == 'i' ? I32 : I64));
        }
        return types;
    }

    /** Unsigned LEB128. */
    public static byte[] leb(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    /** {@code i32.const}. */
    public static byte[] i32(int value) {
        return concat(bytes(0x41), signed(value));
    }

    /** {@code i64.const}. */
    public static byte[] i64(long value) {
        return concat(bytes(0x42), signed(value));
    }

    private static byte[] signed(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest < -64 || rest > 63) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>= 7;
        }
        out.write((int) (rest & 0x7f));
        return out.toByteArray();
    }

    public static byte[] call(int function) {
        return concat(bytes(0x10), leb(function));
    }

    /** {@code loop ... br 0 end}: for ever. */
    public static byte[] forever(byte[]... code) {
        return concat(bytes(0x03, 0x40), concat(code), bytes(0x0c, 0, END));
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
