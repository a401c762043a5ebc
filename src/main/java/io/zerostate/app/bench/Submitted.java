package io.zerostate.app.bench;

import java.util.List;
import java.util.UUID;

/**
 * What became of one request.
 *
 * @param accepted tasks that the node promised to run
 * @param refused one per task that it did not
 */
record Submitted(List<UUID> accepted, List<Refusal> refused) {

    /**
     * Why a task was not accepted.
     *
     * @param kind few there are: the node's error code, or what became of the connection
     * @param detail for people
     */
    record Refusal(String kind, String detail) {}
}
