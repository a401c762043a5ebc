package io.zerostate.push;

import io.zerostate.task.Bytes;
import io.zerostate.task.OutputStreamName;
import java.util.UUID;

/**
 * A piece of a task's live output that ends between two characters.
 *
 * @param offset position of the first byte in its stream, from 0 at the start of the attempt
 */
record OutputChunk(UUID taskId, int attempt, OutputStreamName stream, long offset, Bytes bytes) {}
