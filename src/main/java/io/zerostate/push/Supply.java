package io.zerostate.push;

import io.zerostate.metrics.PushMetrics;

/**
 * What every stream of one router draws on.
 *
 * @param feed what happens from now on
 * @param source what was before
 * @param shares how many connections each client may have
 */
record Supply(TaskFeed feed, TaskSource source, ClientShares shares, PushLimits limits, PushMetrics metrics) {}
