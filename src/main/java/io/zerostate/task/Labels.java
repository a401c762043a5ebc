package io.zerostate.task;

/**
 * What people attach to a task; the system only shows it again.
 *
 * @param query a free-text title, empty when none was given
 * @param metadataJson a JSON object as text, {@code {}} when none was given
 */
public record Labels(String query, String metadataJson) {
    public static final Labels NONE = new Labels("", "{}");
}
