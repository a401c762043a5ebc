package io.zerostate.config;

import io.zerostate.task.Limits;
import java.time.Duration;

/**
 * Workers and what tasks may use.
 *
 * @param slots workers on this node; 0 in the file means one per core
 * @param memoryBytes for the memories of all tasks that run at a time; 0 in the file means six tenths of the heap
 * @param moduleCacheBytes bound of the cache of prepared modules, by their weight
 * @param codeCacheBytes bound of the compiled code that is kept on disk; 0 keeps none
 * @param codeCacheKey secret that this code is recognised by; empty for one that the data directory keeps
 * @param compileThreads threads that prepare modules at upload
 * @param warmUp for running a new version of an agent on each node before its first task; zero for not at all
 * @param defaults for tasks that ask for nothing
 * @param maximum beyond which nothing runs
 */
public record ExecutionSettings(
        int slots,
        long memoryBytes,
        long moduleCacheBytes,
        long codeCacheBytes,
        String codeCacheKey,
        int compileThreads,
        Duration warmUp,
        Limits defaults,
        Limits maximum) {}
