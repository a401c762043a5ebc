package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.zerostate.bus.AttemptsChecked;
import io.zerostate.bus.CheckAttempts.Held;
import io.zerostate.postgres.ColumnArrays;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Finds those attempts that should not be run any further. */
final class CheckStatement {
    private static final String CHECK =
            """
            SELECT t.id, t.state = 'running' AND t.attempt = a.attempt
            FROM unnest($1::uuid[], $2::int[]) AS a(task_id, attempt) JOIN tasks t ON t.id = a.task_id
            WHERE t.state <> 'running' OR t.attempt <> a.attempt OR t.cancel_requested""";

    private final Database database;

    CheckStatement(Database database) {
        this.database = database;
    }

    Future<AttemptsChecked> run(List<Held> attempts) {
        return database.run(
                        CHECK,
                        new ColumnArrays<>(attempts)
                                .uuids(Held::taskId)
                                .integers(Held::attempt)
                                .tuple())
                .map(rows -> {
                    List<UUID> cancelled = new ArrayList<>();
                    List<UUID> stale = new ArrayList<>();
                    for (Row row : rows) {
                        RowReader columns = new RowReader(row);
                        UUID taskId = columns.uuid();
                        (columns.bool() ? cancelled : stale).add(taskId);
                    }
                    return new AttemptsChecked(cancelled, stale);
                });
    }
}
