package io.zerostate.postgres;

/** Text as PostgreSQL can keep it: it has no NUL in text, and would refuse the whole statement. */
public final class StorableText {
    private StorableText() {}

    /** {@code text} with each NUL as the replacement character. */
    public static String of(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
