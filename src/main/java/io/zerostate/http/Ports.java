package io.zerostate.http;

import io.zerostate.binary.BinaryStore;
import io.zerostate.bus.Bus;
import java.util.function.Supplier;

/**
 * What the edge asks for the answers it gives.
 *
 * @param bus to the other parts of the node
 * @param binaries where uploaded modules go
 * @param metrics makes the text of a scrape in the Prometheus format; may take milliseconds, called on a worker thread
 */
public record Ports(Bus bus, BinaryStore binaries, Supplier<String> metrics) {}
