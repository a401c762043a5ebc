package io.zerostate.push;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What browsers may listen to, and nothing else: outbound addresses that carry JSON. */
sealed interface PublicAddress {
    /** Ids are in the lower-case form that the events use, so that a task has one address. */
    Pattern PATTERN =
            Pattern.compile("agents|queue|tasks\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    String TASK_PREFIX = "tasks.";

    String name();

    /** Everything about one task. */
    record OfTask(UUID taskId) implements PublicAddress {
        @Override
        public String name() {
            return TASK_PREFIX + taskId;
        }
    }

    /** Agents that were registered, changed or deleted. */
    record Agents() implements PublicAddress {
        @Override
        public String name() {
            return "agents";
        }
    }

    /** The latest state of tasks that changed, coalesced, and how the nodes are doing. */
    record Queue() implements PublicAddress {
        @Override
        public String name() {
            return "queue";
        }
    }

    static Optional<PublicAddress> parse(String name) {
        if (!PATTERN.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (name) {
                    case "agents" -> new Agents();
                    case "queue" -> new Queue();
                    default -> new OfTask(UUID.fromString(name.substring(TASK_PREFIX.length())));
                });
    }
}
