package io.zerostate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.task.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nodes agree on through locks in the database that they share. */
class NodeSessionTest {
    private static final Duration NO_PATIENCE = Duration.ZERO;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Vertx vertx;
    private DatabaseSettings database;
    private Forwarder forwarder;
    private NodeSession first;
    private NodeSession second;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        database = TestDatabase.createEmpty();
        forwarder = new Forwarder(vertx, database);
        first = new NodeSession(vertx, forwarder.settings(), "n1");
        second = new NodeSession(vertx, database, "n2");
    }

    @AfterEach
    void close() {
        Answers.of(first.close());
        Answers.of(second.close());
        Answers.of(vertx.close());
    }

    private static boolean holds(NodeSession session) {
        return Answers.of(session.hold(AdvisoryLock.RECONCILE));
    }

    private void claim(NodeSession session, boolean alone, Duration patience) {
        Answers.of(DatabaseUse.claim(vertx, session, alone, patience));
    }

    /** As an administrator would, or a proxy: nobody tells the node. */
    private void endSessionOf(String node) throws SQLException {
        TestDatabase.execute(
                database,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'zerostate " + node
                        + "' AND datname = current_database()");
    }

    @Test
    void oneSessionHoldsALockHoweverOftenItAsks() {
        assertThat(holds(first)).isTrue();
        assertThat(holds(second)).isFalse();
        assertThat(holds(first)).isTrue();
        assertThat(holds(second)).isFalse();
        Answers.of(first.close());
        awaitTrue(() -> second.hold(AdvisoryLock.RECONCILE));
    }

    @Test
    void locksOfOneDatabaseAreNotThoseOfAnother() {
        NodeSession elsewhere = new NodeSession(vertx, TestDatabase.createEmpty(), "n3");
        assertThat(holds(first)).isTrue();
        assertThat(holds(elsewhere)).isTrue();
        Answers.of(elsewhere.close());
    }

    @Test
    void aSessionThatWasEndedBehindItsBackHoldsNothingUntilItAsksAgain() throws SQLException {
        assertThat(holds(first)).isTrue();
        endSessionOf("n1");
        assertThat(holds(second)).isTrue();
        assertThat(holdsAfterItsConnectionIsReplaced(first)).isFalse();
        endSessionOf("n2");
        assertThat(holdsAfterItsConnectionIsReplaced(first)).isTrue();
    }

    /** The first answer may be that the connection is broken. */
    private static boolean holdsAfterItsConnectionIsReplaced(NodeSession session) {
        return Answers.of(session.hold(AdvisoryLock.RECONCILE).recover(broken -> session.hold(AdvisoryLock.RECONCILE)));
    }

    @Test
    void aNodeThatIsCutOffLosesItsTurnAndLearnsSo() {
        assertThat(holds(first)).isTrue();
        forwarder.cut();
        assertThat(Answers.refusalOf(first.hold(AdvisoryLock.RECONCILE))).isEqualTo(ErrorCode.UNAVAILABLE);
        claim(second, true, PATIENCE);
        assertThat(holds(second)).isTrue();
        forwarder.restore();
        assertThat(holds(first)).isFalse();
    }

    @Test
    void aServerThatHangsIsNotWaitedForForEver() {
        assertThat(holds(first)).isTrue();
        forwarder.freeze();
        assertThat(Answers.refusalOf(first.hold(AdvisoryLock.RECONCILE))).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void nodesOfOneClusterShareTheirDatabase() {
        claim(first, false, NO_PATIENCE);
        claim(second, false, NO_PATIENCE);
    }

    @Test
    void aNodeThatIsAloneSharesItsDatabaseWithNobody() {
        claim(first, true, NO_PATIENCE);
        assertThatThrownBy(() -> claim(second, true, NO_PATIENCE)).isInstanceOf(DatabaseInUseException.class);
        assertThatThrownBy(() -> claim(second, false, NO_PATIENCE))
                .isInstanceOf(DatabaseInUseException.class)
                .hasMessage("another node (zerostate n1) uses the database " + database.url()
                        + ": set redis.urls on all nodes that share it, or stop the other one");
    }

    @Test
    void aNodeThatIsAloneDoesNotJoinACluster() {
        claim(first, false, NO_PATIENCE);
        assertThatThrownBy(() -> claim(second, true, NO_PATIENCE)).isInstanceOf(DatabaseInUseException.class);
    }

    @Test
    void aNodeWaitsForTheSessionOfOneThatWasKilledAMomentAgo() {
        claim(first, true, NO_PATIENCE);
        vertx.setTimer(700, timer -> forwarder.cut());
        claim(second, true, PATIENCE);
    }

    @Test
    void aClaimWithoutAServerFailsAsUnavailable() {
        forwarder.cut();
        assertThat(Answers.refusalOf(DatabaseUse.claim(vertx, first, true, NO_PATIENCE))).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void aClaimIsMadeAgainAfterItsConnectionBroke() throws SQLException {
        claim(first, true, NO_PATIENCE);
        endSessionOf("n1");
        awaitTrue(() -> second.holders(AdvisoryLock.DATABASE_ALONE).map("zerostate n1"::equals));
    }

    /** A session is gone on the server a moment after its client has closed it. */
    private void awaitTrue(Supplier<Future<Boolean>> question) {
        Promise<Void> answered = Promise.promise();
        vertx.setPeriodic(50, timer -> question.get().onSuccess(yes -> {
            if (yes) {
                answered.tryComplete();
            }
        }));
        Answers.of(answered.future());
    }
}
