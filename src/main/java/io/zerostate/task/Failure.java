package io.zerostate.task;

/**
 * Why something did not succeed.
 *
 * @param code what kind of failure
 * @param message one line for people; never a stack trace
 */
public record Failure(ErrorCode code, String message) {}
