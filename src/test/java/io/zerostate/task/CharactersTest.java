package io.zerostate.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CharactersTest {
    @Property
    void textCutAnywhereIsTextOnBothSides(@ForAll String anything, @ForAll @IntRange(max = 64) int cut) {
        // A lone surrogate is no character: UTF-8 has no bytes for it.
        byte[] utf8 = ("h\u00e9\u20ac\ud83d\ude00" + new String(anything.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        int to = Math.min(cut, utf8.length);
        int end = Characters.endOfWhole(utf8, 0, to);
        int start = Characters.startOfWhole(utf8, to, utf8.length);
        assertThat(isText(utf8, 0, end)).isTrue();
        assertThat(isText(utf8, start, utf8.length)).isTrue();
        assertThat(to - end).isBetween(0, 3);
        assertThat(start - to).isBetween(0, 3);
    }

    @Property
    void bytesOfAnyKindLoseAtMostThree(@ForAll @Size(max = 32) byte[] bytes) {
        assertThat(Characters.endOfWhole(bytes, 0, bytes.length)).isBetween(bytes.length - 3, bytes.length);
        assertThat(Characters.startOfWhole(bytes, 0, bytes.length)).isBetween(0, 3);
    }

    @Test
    void whatNoCharacterExplainsIsCutWhereItIs() {
        byte[] continuations = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80};
        assertThat(Characters.endOfWhole(continuations, 0, 5)).isEqualTo(5);
        assertThat(Characters.startOfWhole(continuations, 0, 5)).isZero();
    }

    private static boolean isText(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }
}
