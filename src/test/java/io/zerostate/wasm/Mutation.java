package io.zerostate.wasm;

import io.zerostate.task.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages a module in the ways that matter to whoever reads it: bytes, numbers, the order of sections, the end. Most damage is done
 * inside of a section or a function, whose lengths are set right again, so that it is not found at once.
 */
public final class Mutation {
    private static final int HEADER = 8;
    private static final int CODE = 10;

    private final Random random;

    private record Section(int id, byte[] content) {}

    public Mutation(Random random) {
        this.random = random;
    }

    public Bytes of(Bytes wasm, int changes) {
        byte[] bytes = wasm.array();
        for (int i = 0; i < changes; i++) {
            bytes = random.nextInt(8) == 0 ? HEADER < bytes.length ? raw(bytes, HEADER) : bytes : inside(bytes);
        }
        return Bytes.of(bytes);
    }

    private byte[] inside(byte[] bytes) {
        List<Section> sections = sections(bytes);
        if (sections.isEmpty()) {
            return bytes;
        }
        int index = random.nextInt(sections.size());
        if (random.nextInt(4) > 0) {
            // Other sections are small, and hardly anything that is changed in them is sound.
            index = sections.stream().map(Section::id).toList().indexOf(CODE);
        }
        if (index < 0) {
            return bytes;
        }
        Section section = sections.get(index);
        switch (random.nextInt(24)) {
            case 0 -> sections.remove(index);
            case 1 -> sections.add(random.nextInt(sections.size()), section);
            default -> sections.set(index, new Section(section.id(), changed(section)));
        }
        byte[] all = Arrays.copyOf(bytes, HEADER);
        for (Section each : sections) {
            all = WasmBytes.concat(all, WasmBytes.section(each.id(), each.content()));
        }
        return all;
    }

    private byte[] changed(Section section) {
        if (section.content().length == 0) {
            return new byte[] {(byte) random.nextInt(4)};
        }
        return section.id() == CODE && random.nextInt(4) > 0 ? inBody(section.content()) : raw(section.content(), 0);
    }

    /** Changes one function, so that the others stay where they are. */
    private byte[] inBody(byte[] code) {
        Numbers in = new Numbers(code, 0);
        int count = Math.min(in.next(), code.length);
        int wanted = count == 0 ? 0 : random.nextInt(count);
        for (int i = 0; i < count; i++) {
            int start = in.at();
            int size = in.next();
            int from = in.at();
            if (size <= 1 || from + (long) size > code.length) {
                return raw(code, 0);
            }
            if (i == wanted) {
                byte[] body = raw(Arrays.copyOfRange(code, from, from + size), 1);
                return spliced(code, start, from + size, WasmBytes.concat(WasmBytes.leb(body.length), body));
            }
            in = new Numbers(code, from + size);
        }
        return raw(code, 0);
    }

    private byte[] raw(byte[] bytes, int first) {
        int place = random.nextInt(first, Math.max(first + 1, bytes.length));
        int length = Math.min(random.nextInt(1, 24), bytes.length - place);
        return switch (random.nextInt(10)) {
            case 0 -> Arrays.copyOf(bytes, place);
            case 1 -> spliced(bytes, place, place + length, new byte[0]);
            case 2 -> spliced(bytes, place, place, Arrays.copyOfRange(bytes, place, place + length));
            case 3 -> spliced(bytes, place, place + 1, WasmBytes.leb(random.nextLong() >>> random.nextInt(28, 64)));
            case 4, 5, 6 -> spliced(bytes, place, place + 1, new byte[] {(byte) random.nextInt(256)});
            // Small numbers and plain instructions: what a module has most of.
            default -> spliced(bytes, place, place + 1, new byte[] {(byte) (bytes[place] + random.nextInt(-3, 4))});
        };
    }

    private static List<Section> sections(byte[] bytes) {
        List<Section> sections = new ArrayList<>();
        int at = HEADER;
        while (at + 1 < bytes.length) {
            Numbers in = new Numbers(bytes, at + 1);
            int size = Math.min(in.next(), bytes.length - in.at());
            sections.add(new Section(bytes[at], Arrays.copyOfRange(bytes, in.at(), in.at() + size)));
            at = in.at() + size;
        }
        return sections;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
        return WasmBytes.concat(Arrays.copyOf(bytes, from), with, Arrays.copyOfRange(bytes, Math.min(to, bytes.length), bytes.length));
    }

    /** Reads numbers, of whatever bytes there are. */
    private static final class Numbers {
        private final byte[] bytes;
        private int at;

        Numbers(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        int at() {
            return at;
        }

        int next() {
            long value = 0;
            for (int shift = 0; at < bytes.length && shift < 35; shift += 7) {
                byte next = bytes[at++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    break;
                }
            }
            return (int) Math.min(value, Integer.MAX_VALUE);
        }
    }
}
