package io.zerostate.config;

/**
 * Where modules are kept.
 *
 * @param directory below the data directory when relative
 */
public record BinarySettings(String directory) {}
