package io.zerostate.app.bench;

/** Hears twice a second how far a load is. */
@FunctionalInterface
public interface Progress {
    /**
     * @param warmUp true before what is measured
     * @param sent so far
     * @param ended of those
     */
    void at(boolean warmUp, long sent, long ended);
}
