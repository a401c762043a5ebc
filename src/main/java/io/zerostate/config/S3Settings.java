package io.zerostate.config;

/**
 * An S3 that keeps the modules of a cluster.
 *
 * @param bucket empty: modules are kept in a directory
 * @param endpoint URL of a server that is not AWS; empty for AWS
 * @param pathStyle the bucket in the path, not in the host name, as most servers that are not AWS want it
 * @param prefix before each key
 * @param accessKey with {@code secretKey}; empty: the credentials come from where the AWS SDK looks for them by default
 */
public record S3Settings(
        String bucket,
        String endpoint,
        String region,
        boolean pathStyle,
        String prefix,
        String accessKey,
        String secretKey) {
    /** Without the credentials: records end up in logs. */
    @Override
    public String toString() {
        return "S3Settings[bucket=" + bucket + ", endpoint=" + endpoint + ", region=" + region + ", prefix=" + prefix + "]";
    }
}
