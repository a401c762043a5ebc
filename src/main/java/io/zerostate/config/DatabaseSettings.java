package io.zerostate.config;

/**
 * PostgreSQL.
 *
 * @param url {@code postgresql://host:port/database}; empty starts the embedded server
 * @param poolSize most connections at a time
 */
public record DatabaseSettings(String url, String user, String password, int poolSize) {
    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
