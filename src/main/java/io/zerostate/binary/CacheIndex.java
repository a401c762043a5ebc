package io.zerostate.binary;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which modules the cache holds, in the order of their last use, and how large they are together. For one thread at a time. */
final class CacheIndex {
    private static final int FIRST_CAPACITY = 64;

    private final long maximumBytes;
    private final LinkedHashMap<String, Long> sizes = new LinkedHashMap<>(FIRST_CAPACITY, 0.75f, true);
    private long bytes;

    CacheIndex(long maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    /** True when the module is there, which from now on is the one used last. */
    boolean use(String sha256) {
        return sizes.get(sha256) != null;
    }

    /** True when a module of this size is to be kept at all. */
    boolean takes(long sizeBytes) {
        return sizeBytes <= maximumBytes;
    }

    /**
     * Adds a module as the one used last.
     *
     * @param sizeBytes not more than the bound
     * @return those that had to go for it, longest unused first
     */
    List<String> add(String sha256, long sizeBytes) {
        remove(sha256);
        List<String> victims = new ArrayList<>();
        Iterator<Map.Entry<String, Long>> oldest = sizes.entrySet().iterator();
        while (bytes + sizeBytes > maximumBytes) {
            Map.Entry<String, Long> victim = oldest.next();
            victims.add(victim.getKey());
            bytes -= victim.getValue();
            oldest.remove();
        }
        sizes.put(sha256, sizeBytes);
        bytes += sizeBytes;
        return victims;
    }

    /** Takes a module out, if it is there. */
    void remove(String sha256) {
        Long size = sizes.remove(sha256);
        if (size != null) {
            bytes -= size;
        }
    }
}
