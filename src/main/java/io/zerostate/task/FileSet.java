package io.zerostate.task;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that a program finds, and what it may write beside them. They are in memory, belong to one run and are gone after it.
 *
 * @param files by path, relative to the root and with {@code /} between names; the directories come with them
 * @param quotaBytes what all files and directories may take together, those given included: their bytes, their names, and
 *     {@link #ENTRY_BYTES} for each. A write beyond it fails with ENOSPC
 */
public record FileSet(Map<String, Bytes> files, long quotaBytes) {
    /** What a file or directory counts besides its name and content. */
    public static final int ENTRY_BYTES = 256;
    /** Longest name of a file or directory, in UTF-8 bytes. */
    public static final int MAX_NAME_BYTES = 255;
    /** Longest path, in UTF-8 bytes. */
    public static final int MAX_PATH_BYTES = 4096;

    /** @throws IllegalArgumentException when a path cannot be that of a file, or the files take more than the quota */
    public FileSet {
        files = Map.copyOf(files);
        long cost = cost(files);
        if (cost > quotaBytes) {
            throw new IllegalArgumentException("the files take " + cost + " bytes, the quota is " + quotaBytes);
        }
    }

    /** What a file or directory of this name counts, without its content. */
    public static long entryCost(String name) {
        return ENTRY_BYTES + utf8Length(name);
    }

    /**
     * What files count towards a quota, in bytes.
     *
     * @throws IllegalArgumentException when a path cannot be that of a file
     */
    public static long cost(Map<String, Bytes> files) {
        // Sorted, so that what lies below a path comes somewhere behind it.
        var paths = new TreeMap<String, Boolean>();
        long cost = 0;
        for (var file : files.entrySet()) {
            cost += file.getValue().length();
            List<String> names = names(file.getKey());
            String path = "";
            for (int i = 0; i < names.size(); i++) {
                path = path + "/" + names.get(i);
                boolean isFile = i == names.size() - 1;
                Boolean before = paths.put(path, isFile);
                if (before == null) {
                    cost += entryCost(names.get(i));
                } else if (before || isFile) {
                    throw new IllegalArgumentException("there is a file as well as a directory at " + path.substring(1));
                }
            }
        }
        return cost;
    }

    /** The names that a path is made of, from the root. */
    public static List<String> names(String path) {
        List<String> names = List.of(path.split("/", -1));
        if (utf8Length(path) > MAX_PATH_BYTES || !names.stream().allMatch(FileSet::isName)) {
            throw new IllegalArgumentException("not the path of a file, such as data/names.csv: " + path);
        }
        return names;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('\0') < 0
                && utf8Length(name) <= MAX_NAME_BYTES;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
