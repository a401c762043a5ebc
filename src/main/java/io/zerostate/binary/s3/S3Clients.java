package io.zerostate.binary.s3;

import io.zerostate.config.S3Settings;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** Makes the client, with what every S3 server understands and with an end to every wait. */
final class S3Clients {
    /** From the first byte sent to the last one received, tries included: 50 MiB at some 14 Mbit/s. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    /** A server in the same network accepts within milliseconds; one that is gone may never say so. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Between two pieces of an answer, and until the first one: a server may store 50 MiB before it says so. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 32;

    /** With more of them the client may miss that a connection was refused at once, and wait for it until its patience ends. */
    private static final int THREADS = 1;

    private S3Clients() {}

    static S3AsyncClient open(S3Settings settings) {
        S3AsyncClientBuilder builder = S3AsyncClient.builder()
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(CONNECTIONS)
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .tlsNegotiationTimeout(CONNECT_TIMEOUT.multipliedBy(2))
                        .readTimeout(SILENCE)
                        .writeTimeout(SILENCE)
                        .connectionAcquisitionTimeout(SILENCE)
                        .eventLoopGroupBuilder(SdkEventLoopGroup.builder().numberOfThreads(THREADS)))
                // Each read checks the SHA-256, which is more than these do, and which needs nothing of the server.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .asyncConfiguration(async -> async.advancedOption(
                        // What follows an answer moves to a context of Vert.x by itself.
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
                .overrideConfiguration(S3Clients::limit);
        if (!settings.endpoint().isEmpty()) {
            builder.endpointOverride(URI.create(settings.endpoint()));
        }
        return builder.build();
    }

    private static void limit(ClientOverrideConfiguration.Builder calls) {
        BackoffStrategy pauses = BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE);
        calls.apiCallTimeout(CALL_TIMEOUT)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(TRIES)
                        .backoffStrategy(pauses)
                        .throttlingBackoffStrategy(pauses)
                        .build());
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.accessKey().isEmpty()
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }
}
