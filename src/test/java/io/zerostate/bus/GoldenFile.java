package io.zerostate.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The bytes of one message as an earlier build wrote them, in hex: {@code src/test/resources/bus/<wire name>.hex}. What was written
 * before fields were appended is kept under {@code earlier}, to be read.
 *
 * <p>{@code mvn test -Dtest=CodecsTest -Dzerostate.golden=write} writes those that are missing. One that is there was sent by a build
 * in the field and is never written again: see the package's documentation for how a message may change.
 */
record GoldenFile(String wireName) {
    private static final int BYTES_PER_LINE = 32;

    Path path() {
        return Path.of("src/test/resources/bus", wireName + ".hex");
    }

    /** As builds wrote it before its last fields were appended. */
    byte[] readEarlier() throws IOException {
        return HexFormat.of()
                .parseHex(Files.readString(Path.of("src/test/resources/bus/earlier", wireName + ".hex")).replace("\n", ""));
    }

    byte[] read() throws IOException {
        return HexFormat.of().parseHex(Files.readString(path()).replace("\n", ""));
    }

    void writeIfMissing(byte[] bytes) throws IOException {
        if (!"write".equals(System.getProperty("zerostate.golden")) || Files.exists(path())) {
            return;
        }
        Files.createDirectories(path().getParent());
        String hex = HexFormat.of().formatHex(bytes);
        Files.writeString(path(), hex.replaceAll("(.{" + 2 * BYTES_PER_LINE + "})", "$1\n").strip() + "\n");
    }
}
