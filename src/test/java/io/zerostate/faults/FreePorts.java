package io.zerostate.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ports below those that the system hands out to clients, so that a node that comes back finds its own still free. */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int END = 30_000;

    private FreePorts() {}

    public static List<Integer> take(int count, RandomGenerator chance) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = chance.nextInt(FIRST, END);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
