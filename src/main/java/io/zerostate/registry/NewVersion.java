package io.zerostate.registry;

import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.ModuleReport;

/**
 * A version to store.
 *
 * @param label what the uploader calls it, may be empty
 */
public record NewVersion(String label, BinaryRef binary, ModuleReport report) {}
