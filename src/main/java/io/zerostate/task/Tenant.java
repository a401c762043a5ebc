package io.zerostate.task;

/** Whose rows are whose. Until API keys name tenants, everything belongs to one. */
public final class Tenant {

    /** The tenant that the first migration creates, and that every request acts for. */
    public static final long DEFAULT_ID = 1;

    private Tenant() {}
}
