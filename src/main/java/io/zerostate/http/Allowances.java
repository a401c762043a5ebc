package io.zerostate.http;

import io.zerostate.task.Limits;

/**
 * What tasks may use on this node.
 *
 * @param defaults for tasks that ask for nothing
 * @param maximum beyond which nothing may be asked for
 */
record Allowances(Limits defaults, Limits maximum) {}
