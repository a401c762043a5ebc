package io.zerostate.agent;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What a program can do, judging by the functions of preview 1 that it imports; for people who decide whether to run it. */
public enum Permission {
    INPUT("reads its input"),
    OUTPUT("writes to stdout and stderr"),
    ARGUMENTS("sees its arguments"),
    ENVIRONMENT("sees the environment that its task is given"),
    CLOCK("reads the clock"),
    RANDOM("draws random numbers"),
    SLEEP("sleeps"),
    FILES("asks for files; there are none but those that a task brings along"),
    NETWORK("asks for network connections; there are none");

    private final String words;

    Permission(String words) {
        this.words = words;
    }

    /** A few words that follow the program's name in a sentence. */
    public String words() {
        return words;
    }

    /**
     * What these imports come to, in the order of this enum. Functions that only ask about open streams, or end the program, are nothing
     * that anybody would have to permit.
     *
     * @param imports names as {@code wasi_snapshot_preview1.fd_write}
     */
    static Set<Permission> of(Collection<String> imports) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String name : imports) {
            String function = name.substring(name.lastIndexOf('.') + 1);
            switch (function) {
                case "fd_read", "fd_pread" -> permissions.add(INPUT);
                case "fd_write", "fd_pwrite" -> permissions.add(OUTPUT);
                case "args_get" -> permissions.add(ARGUMENTS);
                case "environ_get" -> permissions.add(ENVIRONMENT);
                case "clock_time_get" -> permissions.add(CLOCK);
                case "random_get" -> permissions.add(RANDOM);
                case "poll_oneoff" -> permissions.add(SLEEP);
                case "fd_readdir" -> permissions.add(FILES);
                default -> {
                    if (function.startsWith("path_")) {
                        permissions.add(FILES);
                    } else if (function.startsWith("sock_")) {
                        permissions.add(NETWORK);
                    }
                }
            }
        }
        return permissions;
    }
}
