package io.zerostate.faults;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace for each node, joined by a bridge on this machine, so that packets between nodes can be dropped while each
 * still reaches PostgreSQL, Redis and its clients. Linux, and root: nobody else may make namespaces.
 */
final class Namespaces implements AutoCloseable {
    private static final int HTTP_PORT = 8080;
    private static final int CLUSTER_PORT = 5701;
    private static final int FIRST_HOST = 11;
    private static final int PATIENCE_SECONDS = 10;

    private final String name;
    private final String subnet;
    private final List<Place> places = new ArrayList<>();
    private final Deque<String> undo = new ArrayDeque<>();

    private Namespaces(long pid) {
        // Two runs on one machine do not meet, as far as their process ids differ.
        this.name = "zsf" + pid;
        this.subnet = "10." + (64 + pid / 256 % 64) + "." + pid % 256;
    }

    /** Whether this machine and this user can have any. */
    static boolean arePossible() {
        String probe = "zsf" + ProcessHandle.current().pid() + "probe";
        boolean possible = attempt("ip netns add " + probe);
        if (possible) {
            attempt("ip netns del " + probe);
        }
        return possible;
    }

    static Namespaces open(int count) {
        Namespaces namespaces = new Namespaces(ProcessHandle.current().pid());
        try {
            namespaces.make(count);
            return namespaces;
        } catch (IllegalStateException failure) {
            namespaces.close();
            throw failure;
        }
    }

    private void make(int count) {
        run("ip link add " + name + " type bridge");
        undo.push("ip link del " + name);
        run("ip addr add " + gateway() + "/24 dev " + name);
        run("ip link set " + name + " up");
        for (int i = 0; i < count; i++) {
            String space = space(i);
            run("ip netns add " + space);
            undo.push("ip netns del " + space);
            run("ip link add " + space + " type veth peer name eth0 netns " + space);
            run("ip link set " + space + " master " + name + " up");
            run("ip -n " + space + " addr add " + host(i) + "/24 dev eth0");
            run("ip -n " + space + " link set eth0 up");
            run("ip -n " + space + " link set lo up");
            places.add(new Place(host(i), HTTP_PORT, CLUSTER_PORT, List.of("ip", "netns", "exec", space)));
        }
    }

    /** Where the machine itself is, for those inside. */
    String gateway() {
        return subnet + ".1";
    }

    List<Place> places() {
        return List.copyOf(places);
    }

    private String host(int index) {
        return subnet + "." + (FIRST_HOST + index);
    }

    private String space(int index) {
        return name + "n" + index;
    }

    /** What this node sends to the other nodes is dropped from now on, without a word to anybody. */
    void cutFromOthers(int index) {
        others(index).forEach(other -> run("ip -n " + space(index) + " route add blackhole " + other));
    }

    void rejoin(int index) {
        others(index).forEach(other -> run("ip -n " + space(index) + " route del blackhole " + other));
    }

    private List<String> others(int index) {
        return places.stream().map(Place::host).filter(other -> !other.equals(host(index))).toList();
    }

    private static void run(String command) {
        if (!attempt(command)) {
            throw new IllegalStateException("does not work: " + command);
        }
    }

    private static boolean attempt(String command) {
        try {
            Process process = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        while (!undo.isEmpty()) {
            attempt(undo.pop());
        }
    }
}
