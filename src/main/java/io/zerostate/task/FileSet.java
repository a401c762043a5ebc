package io.zerostate.task;

import java.util.Map;

/**
 * The files that a program finds, and what it may write beside them. They are in memory, belong to one run and are gone after it.
 *
 * @param files by path, relative to the root and with {@code /} between names; the directories come with them
 * @param quotaBytes what all files and directories may take together, those given included: their bytes, their names, and a little for
 *     each. A write beyond it fails with ENOSPC
 */
public record FileSet(Map<String, Bytes> files, long quotaBytes) {
    public FileSet {
        files = Map.copyOf(files);
        if (quotaBytes <= 0) {
            throw new IllegalArgumentException("the quota of files must be positive, was " + quotaBytes);
        }
    }
}
