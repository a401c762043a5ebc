package io.zerostate.config;

/**
 * Where modules are kept.
 *
 * @param directory below the data directory when relative
 * @param cacheBytes most that a node keeps on disk of what it fetched from S3
 */
public record BinarySettings(String directory, long cacheBytes) {}
