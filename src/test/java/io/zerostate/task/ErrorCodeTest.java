package io.zerostate.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
    /** Number, name and HTTP status as published. Lines are added; none is ever changed. */
    private static final String PUBLISHED = """
            1 EXIT 200
            2 TRAP 200
            3 TIMEOUT 200
            4 MEMORY_EXCEEDED 200
            5 OUTPUT_EXCEEDED 200
            6 CANCELLED 200
            7 REJECTED 200
            8 LOST 200
            100 INVALID_REQUEST 400
            101 UNAUTHORIZED 401
            102 FORBIDDEN 403
            103 NOT_FOUND 404
            104 AGENT_NOT_FOUND 404
            105 TASK_NOT_FOUND 404
            106 METHOD_NOT_ALLOWED 405
            107 NOT_ACCEPTABLE 406
            108 TASK_NOT_FINISHED 409
            109 TASK_FINISHED 409
            110 TASK_RUNNING 409
            111 AGENT_EXISTS 409
            112 AGENT_DELETED 409
            113 PAYLOAD_TOO_LARGE 413
            114 UNSUPPORTED_MEDIA_TYPE 415
            115 INVALID_MODULE 422
            116 LIMIT_EXCEEDED 422
            117 IDEMPOTENCY_MISMATCH 422
            118 TOO_MANY_REQUESTS 429
            119 INTERNAL 500
            120 UNAVAILABLE 503
            """;

    @Test
    void numbersNamesAndStatusesStayAsPublished() {
        Stream<String> current = Stream.of(ErrorCode.values())
                .map(code -> code.number() + " " + code.name() + " " + code.httpStatus());
        assertThat(current).containsExactlyElementsOf(PUBLISHED.lines().toList());
    }

    @Test
    void numbersAreUnique() {
        assertThat(Stream.of(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aCodeIsFoundByItsNumberAndByItsKind(ErrorCode code) {
        assertThat(ErrorCode.ofNumber(code.number())).isEqualTo(code);
        assertThat(ErrorCode.ofKind(code.kind())).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource
    void aRunFailsOrARequestIsRefused(ErrorCode code) {
        assertThat(code.isRunFailure()).isEqualTo(code.httpStatus() == 200);
    }

    @ParameterizedTest
    @EnumSource
    void titlesAreOneSentenceWithoutFullStop(ErrorCode code) {
        assertThat(code.title()).matches("[A-Z][^.\\n]+[^.\\n ]");
    }

    @Test
    void aNumberOfANewerBuildIsAFaultThatNobodyCanName() {
        assertThat(ErrorCode.ofNumber(4711)).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void aKindThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ErrorCode.ofKind("oops")).isInstanceOf(IllegalArgumentException.class);
    }
}
