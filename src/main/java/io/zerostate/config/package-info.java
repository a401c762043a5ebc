/**
 * Settings as records, one per section, and their one loader. {@code conf/zerostate.json} holds every key with its default.
 *
 * <p>Layer 1. Imports {@code task}; the JSON reader of vertx-core.
 */
@NullMarked
package io.zerostate.config;

import org.jspecify.annotations.NullMarked;
