package io.zerostate.binary.s3;

import io.zerostate.binary.CorruptBinaryException;
import io.zerostate.binary.MissingBinaryException;
import io.zerostate.config.S3Settings;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** Says for people why a call failed. Of what a server says only its error codes get through: its texts may hold what was signed. */
final class S3Failures {
    private static final Logger LOG = LoggerFactory.getLogger(S3Failures.class);
    private static final String NO_BUCKET = "NoSuchBucket";

    private final String store;
    private final String region;

    S3Failures(S3Settings settings) {
        String place = settings.endpoint().isEmpty() ? "AWS" : settings.endpoint();
        this.store = "S3 bucket " + settings.bucket() + " at " + place;
        this.region = settings.region();
    }

    /** What to fail with in the place of {@code failure}, which the client failed with when it was asked for {@code sha256}. */
    Throwable ofObject(Throwable failure, String sha256) {
        Throwable reason = unwrapped(failure);
        return reason instanceof AwsServiceException answer && answer.statusCode() == 404 && !isNoBucket(answer)
                ? new MissingBinaryException(sha256)
                : of(reason);
    }

    /** What to fail with in the place of {@code failure}. A fault that is not the client's stays what it is. */
    Throwable of(Throwable failure) {
        return switch (unwrapped(failure)) {
            case AwsServiceException answer -> unavailable(said(answer));
            case ApiCallTimeoutException late -> unavailable("does not answer");
            case ApiCallAttemptTimeoutException late -> unavailable("does not answer");
            case SdkClientException unsent -> unavailable(why(unsent));
            case Throwable other -> other;
        };
    }

    /** The server has said nothing for this long, and may still. */
    RefusedException late(Duration waited) {
        return unavailable("has not answered within " + waited.toMillis() + " ms");
    }

    private String said(AwsServiceException answer) {
        int status = answer.statusCode();
        String code = code(answer);
        if (status == 404) {
            return "does not exist";
        }
        if (status == 301 || status == 307 || code.equals("AuthorizationHeaderMalformed")) {
            return "is not in the region " + region + " (" + label(status, code) + "): see s3.region and s3.endpoint";
        }
        if (status == 401 || status == 403) {
            return "refuses access (" + label(status, code) + "): see s3.access_key and s3.secret_key, and what they may do";
        }
        return "answers " + label(status, code);
    }

    /** The search for credentials names each place that it looked at: for who wants to know, and too much for a task's failure. */
    private static String why(SdkClientException unsent) {
        String text = String.valueOf(unsent.getMessage());
        if (text.contains("Unable to load credentials")) {
            LOG.debug("{}", text);
            return "cannot be used without credentials: set s3.access_key and s3.secret_key, or give them as the AWS SDK takes them";
        }
        return "cannot be reached: " + root(unsent);
    }

    private RefusedException unavailable(String what) {
        return new RefusedException(ErrorCode.UNAVAILABLE, store + " " + what);
    }

    private static boolean isNoBucket(AwsServiceException answer) {
        return answer instanceof NoSuchBucketException || code(answer).equals(NO_BUCKET);
    }

    private static String code(AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
        return code != null && code.matches("[A-Za-z]{1,64}") ? code : "";
    }

    private static String label(int status, String code) {
        return code.isEmpty() ? String.valueOf(status) : status + " " + code;
    }

    private static Throwable unwrapped(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptBinaryException) {
                return cause;
            }
        }
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The innermost reason, which says more than what is wrapped around it. */
    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root.getMessage();
        return text == null || text.isBlank() ? root.getClass().getSimpleName() : text.lines().findFirst().orElse(text);
    }
}
