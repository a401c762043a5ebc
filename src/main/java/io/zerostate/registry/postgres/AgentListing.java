package io.zerostate.registry.postgres;

import io.vertx.sqlclient.Tuple;
import io.zerostate.bus.ListAgents;
import io.zerostate.postgres.Conditions;
import io.zerostate.postgres.Storable;

/** The statement that lists agents by given filters, newest first. Searching reads each of a tenant's agents, of which there are few. */
record AgentListing(String sql, Tuple arguments) {
    static AgentListing of(ListAgents query) {
        Conditions conditions = new Conditions().and("a.deleted_at IS NULL").and("a.tenant_id = ", query.tenantId());
        if (query.before() != null) {
            conditions.and("a.id < ", query.before());
        }
        if (query.capability() != null) {
            conditions.and(conditions.placeholder(Storable.text(query.capability())) + " = ANY(a.capabilities)");
        }
        if (query.query() != null) {
            String text = "lower(" + conditions.placeholder(Storable.text(query.query())) + ")";
            // Not LIKE: what people search for is text, and no pattern.
            conditions.and("(strpos(lower(a.name), %1$s) > 0 OR strpos(lower(a.description), %1$s) > 0)".formatted(text));
        }
        String sql = "SELECT " + AgentColumns.AGENT + AgentSql.FROM_AGENTS + "WHERE " + conditions.sql()
                + " ORDER BY a.id DESC LIMIT " + conditions.placeholder(query.limit());
        return new AgentListing(sql, conditions.arguments());
    }
}
