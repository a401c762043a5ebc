package io.zerostate.bus;

import io.zerostate.task.OutputStreamName;
import java.util.UUID;

/**
 * Asks the node that runs an attempt for what it wrote so far, from a position on. Answered by {@link OutputRead}.
 *
 * @param offset bytes from the start of the stream
 */
public record ReadOutput(UUID taskId, int attempt, OutputStreamName stream, long offset) implements BusMessage {}
