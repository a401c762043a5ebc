package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.postgres.ColumnArrays;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.result.FinishAnswer;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Settlement;
import io.zerostate.task.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Stores how attempts ended: a compare-and-set on (task, attempt, running), for many at once. */
final class FinishStatement {
    /** An acknowledged cancel wins over whatever the report says. */
    private static final String NEW_STATE = "(CASE WHEN t.cancel_requested THEN 'cancelled' ELSE r.state END)";

    private static final String WAITS = "(NOT t.cancel_requested AND r.state = 'retrying')";

    private static final String FINISH =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
            settled AS (
                UPDATE tasks t SET
                    %1$s,
                    retries = t.retries + (%2$s AND r.is_retry)::int,
                    next_run_at = CASE WHEN %2$s THEN clock.now + r.delay_ms * interval '1 ms' ELSE t.next_run_at END,
                    failure_kind = CASE WHEN t.cancel_requested THEN $15 ELSE r.failure_kind END,
                    failure_message = CASE WHEN t.cancel_requested THEN $16 ELSE r.failure_message END
                FROM clock, unnest(
                    $1::uuid[], $2::int[], $3::text[], $4::bigint[], $5::bool[], $6::text[], $7::text[], $8::int[],
                    $9::bytea[], $10::bool[], $11::bytea[], $12::bool[], $13::bigint[], $14::bigint[]) WITH ORDINALITY
                AS r(
                    task_id, attempt, state, delay_ms, is_retry, failure_kind, failure_message, exit_code,
                    stdout, stdout_truncated, stderr, stderr_truncated, duration_ms, memory_peak_bytes, position)
                WHERE t.id = r.task_id AND t.attempt = r.attempt AND t.state = 'running'
                RETURNING
                    r.position::int, CASE WHEN t.cancel_requested THEN NULL ELSE r.exit_code END AS exit_code,
                    r.stdout, r.stdout_truncated, r.stderr, r.stderr_truncated, r.duration_ms, r.memory_peak_bytes,
                    %3$s
            ),
            %4$s
            SELECT t.position, %5$s FROM settled t"""
                    .formatted(
                            SettleSql.leaveRunning(NEW_STATE),
                            WAITS,
                            SettleSql.RETURNING,
                            SettleSql.CLOSE,
                            TaskColumns.CHANGE);

    private static final String FIND_STATE =
            """
            SELECT s.position::int, t.state, t.next_run_at
            FROM unnest($1::uuid[]) WITH ORDINALITY AS s(id, position) JOIN tasks t ON t.id = s.id""";

    static final Failure CANCELLED = new Failure(ErrorCode.CANCELLED, "The task was cancelled");

    private final Database database;

    FinishStatement(Database database) {
        this.database = database;
    }

    Future<List<FinishAnswer>> run(List<FinishAttempt> reports) {
        // Rows are locked in one order, so that two statements about the same tasks rarely wait for each other in a circle.
        List<Integer> order = IntStream.range(0, reports.size())
                .boxed()
                .sorted(Comparator.comparing(i -> reports.get(i).taskId()))
                .toList();
        FinishAnswer[] answers = new FinishAnswer[reports.size()];
        return database.run(FINISH, arguments(order.stream().map(reports::get).toList()))
                .compose(rows -> {
                    for (Row row : rows) {
                        RowReader columns = new RowReader(row);
                        int index = order.get(columns.integer() - 1);
                        answers[index] = new FinishAnswer.Stored(TaskColumns.readChange(columns));
                    }
                    return findStale(reports, answers);
                })
                .map(done -> List.of(answers));
    }

    private static Tuple arguments(List<FinishAttempt> reports) {
        return new ColumnArrays<>(reports)
                .uuids(FinishAttempt::taskId)
                .integers(FinishAttempt::attempt)
                .texts(r -> state(r.settlement()).wireName())
                .bigints(r -> delayMs(r.settlement()))
                .booleans(r -> r.settlement() instanceof Settlement.Retry)
                .texts(r -> kind(r.report().outcome().failure()))
                .texts(r -> message(r.report().outcome().failure()))
                .integersOrNull(r -> r.report().outcome().exitCodeOrNull())
                .bytes(r -> r.report().stdout().bytes())
                .booleans(r -> r.report().stdout().truncated())
                .bytes(r -> r.report().stderr().bytes())
                .booleans(r -> r.report().stderr().truncated())
                .bigints(r -> r.report().durationMs())
                .bigints(r -> r.report().memoryPeakBytes())
                .tuple()
                .addString(CANCELLED.code().kind())
                .addString(CANCELLED.message());
    }

    private Future<Void> findStale(List<FinishAttempt> reports, FinishAnswer[] answers) {
        List<Integer> stale =
                IntStream.range(0, answers.length).filter(i -> answers[i] == null).boxed().toList();
        if (stale.isEmpty()) {
            return Future.succeededFuture();
        }
        List<FinishAttempt> unstored = new ArrayList<>();
        stale.forEach(index -> {
            unstored.add(reports.get(index));
            answers[index] = new FinishAnswer.Unknown();
        });
        Tuple ids = new ColumnArrays<>(unstored).uuids(FinishAttempt::taskId).tuple();
        return database.run(FIND_STATE, ids).map(rows -> {
            for (Row row : rows) {
                RowReader columns = new RowReader(row);
                int index = stale.get(columns.integer() - 1);
                answers[index] = new FinishAnswer.Stale(TaskState.ofWireName(columns.text()), columns.time());
            }
            return null;
        });
    }

    private static TaskState state(Settlement settlement) {
        return switch (settlement) {
            case Settlement.End(TaskState state) -> state;
            case Settlement.Retry retry -> TaskState.RETRYING;
            case Settlement.Postpone postpone -> TaskState.RETRYING;
        };
    }

    private static long delayMs(Settlement settlement) {
        return switch (settlement) {
            case Settlement.End end -> 0;
            case Settlement.Retry(var delay) -> delay.toMillis();
            case Settlement.Postpone(var delay) -> delay.toMillis();
        };
    }

    private static @Nullable String kind(@Nullable Failure failure) {
        return failure == null ? null : failure.code().kind();
    }

    private static @Nullable String message(@Nullable Failure failure) {
        return failure == null ? null : failure.message();
    }
}
