package io.zerostate.postgres;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.UUID;

/**
 * A WHERE clause of conditions that all hold, with its arguments. A list gets the statement that fits its filters, instead of one that
 * compares each column with null first, for which no index helps. Conditions are texts of the program; values only travel as arguments.
 */
public final class Conditions {
    private final StringBuilder sql = new StringBuilder();
    private final Tuple arguments = Tuple.tuple();

    /** A condition without a value. */
    public Conditions and(String condition) {
        if (!sql.isEmpty()) {
            sql.append(" AND ");
        }
        sql.append(condition);
        return this;
    }

    /** A condition that ends where its value goes, as {@code "t.agent_id = "}. */
    public Conditions and(String condition, UUID value) {
        return and(condition + placeholder(value));
    }

    /** A condition that ends where its value goes. */
    public Conditions and(String condition, String value) {
        return and(condition + placeholder(value));
    }

    /** A condition that ends where its value goes. */
    public Conditions and(String condition, long value) {
        return and(condition + placeholder(value));
    }

    /** A condition that ends where its time goes. */
    public Conditions andTime(String condition, Instant value) {
        return and(condition + placeholder(Storable.time(value)));
    }

    /** Adds an argument and says how the statement refers to it. */
    public String placeholder(Object value) {
        arguments.addValue(value);
        return "$" + arguments.size();
    }

    /** All conditions so far, without the word WHERE. */
    public String sql() {
        return sql.toString();
    }

    /** The arguments so far, in the order of their placeholders. */
    public Tuple arguments() {
        return arguments;
    }
}
