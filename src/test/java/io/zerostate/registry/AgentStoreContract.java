package io.zerostate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.vertx.core.Future;
import io.zerostate.agent.Agent;
import io.zerostate.agent.AgentVersion;
import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.Manifest;
import io.zerostate.agent.ModuleReport;
import io.zerostate.bus.ListAgents;
import io.zerostate.bus.PatchAgent;
import io.zerostate.postgres.Answers;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.LimitOverrides;
import io.zerostate.task.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of agents keeps. Tests share one store, and own their names. */
abstract class AgentStoreContract {
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private static final Manifest MANIFEST = new Manifest(
            "counts \"words\"\0, 100% sure", List.of("text", "count me, too"), new LimitOverrides(1L, null, 3L, null));

    private static final ModuleReport REPORT = new ModuleReport(
            List.of("wasi_snapshot_preview1.fd_write"), 65_536, -1, 12, 1, 34, List.of("large"), 2, List.of("language C"));

    abstract AgentStore store();

    private static NewVersion version(String label) {
        return new NewVersion(label, new BinaryRef(SHA256, 123_456_789_012L), REPORT);
    }

    private static NewAgent agent(String name) {
        return new NewAgent(IDS.generate(), Tenant.DEFAULT_ID, name, MANIFEST, version("1.0"));
    }

    private Agent registered(String name) {
        return Answers.of(store().register(agent(name)));
    }

    private Agent find(String idOrName) {
        return Answers.of(store().find(Tenant.DEFAULT_ID, idOrName));
    }

    private static PatchAgent rename(UUID id, String name) {
        return new PatchAgent(Tenant.DEFAULT_ID, id, name, null, null, null);
    }

    private List<String> names(String query, String capability) {
        return Answers.of(store().list(new ListAgents(Tenant.DEFAULT_ID, query, capability, null, 200))).stream()
                .map(Agent::name)
                .toList();
    }

    @Test
    void keepsEverythingThatWasRegistered() {
        NewAgent asked = agent("kept");
        Agent agent = Answers.of(store().register(asked));
        assertThat(agent.id()).isEqualTo(asked.id());
        assertThat(agent.manifest().description()).isEqualTo("counts \"words\"\uFFFD, 100% sure");
        assertThat(agent.manifest().capabilities()).isEqualTo(MANIFEST.capabilities());
        assertThat(agent.manifest().limits()).isEqualTo(MANIFEST.limits());
        AgentVersion current = agent.current();
        assertThat(current).isEqualTo(new AgentVersion(1, "1.0", asked.version().binary(), REPORT, current.createdAt()));
        assertThat(agent.deletedAt()).isNull();
        assertThat(find("kept")).isEqualTo(agent);
        assertThat(find(asked.id().toString())).isEqualTo(agent);
    }

    @Test
    void aNameIsTakenOnce() {
        registered("taken");
        assertThat(Answers.refusalOf(store().register(agent("taken")))).isEqualTo(ErrorCode.AGENT_EXISTS);
    }

    @Test
    void ofParallelRegistrationsOfOneNameOneWins() {
        List<Boolean> won = Answers.ofMany(20, () -> store().register(agent("parallel"))
                .transform(answer -> Future.succeededFuture(answer.succeeded())));
        assertThat(won.stream().filter(one -> one)).hasSize(1);
    }

    @Test
    void aDeletedAgentIsFoundByIdOnlyAndFreesItsName() {
        Agent agent = registered("gone");
        Agent deleted = Answers.of(store().delete(Tenant.DEFAULT_ID, agent.id()));
        assertThat(deleted.deletedAt()).isNotNull();
        assertThat(Answers.of(store().delete(Tenant.DEFAULT_ID, agent.id()))).as("again").isEqualTo(deleted);
        assertThat(Answers.refusalOf(store().find(Tenant.DEFAULT_ID, "gone"))).isEqualTo(ErrorCode.AGENT_NOT_FOUND);
        assertThat(find(agent.id().toString())).isEqualTo(deleted);
        assertThat(names("gone", null)).isEmpty();
        assertThat(registered("gone").id()).isNotEqualTo(agent.id());
    }

    @Test
    void aDeletedAgentDoesNotChange() {
        Agent agent = registered("fixed");
        Answers.of(store().delete(Tenant.DEFAULT_ID, agent.id()));
        assertThat(Answers.refusalOf(store().patch(rename(agent.id(), "other")))).isEqualTo(ErrorCode.AGENT_DELETED);
        assertThat(Answers.refusalOf(store().addVersion(Tenant.DEFAULT_ID, agent.id(), version("2"), null)))
                .isEqualTo(ErrorCode.AGENT_DELETED);
    }

    @Test
    void aNewVersionIsCurrentAndTheOldOnesStay() {
        Agent agent = registered("versions");
        Agent second = Answers.of(store().addVersion(Tenant.DEFAULT_ID, agent.id(), version("1.1"), null));
        assertThat(second.current().number()).isEqualTo(2);
        assertThat(second.manifest()).as("kept").isEqualTo(agent.manifest());
        Manifest manifest = new Manifest("better", List.of(), LimitOverrides.NONE);
        Agent third = Answers.of(store().addVersion(Tenant.DEFAULT_ID, agent.id(), version("2.0"), manifest));
        assertThat(third.manifest()).isEqualTo(manifest);
        assertThat(find("versions")).isEqualTo(third);
        assertThat(Answers.of(store().versions(Tenant.DEFAULT_ID, agent.id())))
                .containsExactly(third.current(), second.current(), agent.current());
    }

    @Test
    void parallelVersionsGetNumbersOfTheirOwn() {
        Agent agent = registered("numbered");
        List<Agent> answers = Answers.ofMany(
                20, () -> store().addVersion(Tenant.DEFAULT_ID, agent.id(), version("x"), null));
        assertThat(answers.stream().map(answer -> answer.current().number()))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, 21).boxed().toList());
    }

    @Test
    void aPatchChangesWhatItNames() {
        Agent agent = registered("patched");
        PatchAgent patch = new PatchAgent(Tenant.DEFAULT_ID, agent.id(), null, "", List.of("a"), null);
        Agent changed = Answers.of(store().patch(patch));
        assertThat(changed.name()).isEqualTo("patched");
        assertThat(changed.manifest()).isEqualTo(new Manifest("", List.of("a"), MANIFEST.limits()));
        assertThat(changed.current()).isEqualTo(agent.current());
        assertThat(changed.updatedAt()).isAfter(agent.updatedAt());
    }

    @Test
    void aRenameIntoATakenNameIsRefused() {
        registered("here-first");
        Agent agent = registered("late");
        assertThat(Answers.refusalOf(store().patch(rename(agent.id(), "here-first")))).isEqualTo(ErrorCode.AGENT_EXISTS);
        assertThat(Answers.of(store().patch(rename(agent.id(), "later"))).name()).isEqualTo("later");
    }

    @Test
    void searchLooksForTextNotPatterns() {
        registered("Search-One");
        registered("search_two");
        assertThat(names("SEARCH", null)).containsExactly("search_two", "Search-One");
        assertThat(names("search_", null)).containsExactly("search_two");
        assertThat(names("100% SURE", null)).as("in the description").contains("Search-One", "search_two");
        assertThat(names("%", "nothing like it")).isEmpty();
        assertThat(names("search", "count me, too")).hasSize(2);
        assertThat(names("search", "count")).as("a capability is a whole word").isEmpty();
    }

    @Test
    void pagesGoFromNewToOld() {
        List<String> names = IntStream.range(0, 5).mapToObj(i -> "page-" + i).toList();
        names.forEach(this::registered);
        List<String> seen = new ArrayList<>();
        UUID before = null;
        for (List<Agent> page = null; page == null || page.size() == 2; ) {
            page = Answers.of(store().list(new ListAgents(Tenant.DEFAULT_ID, "page-", null, before, 2)));
            page.forEach(agent -> seen.add(agent.name()));
            before = page.getLast().id();
        }
        assertThat(seen).isEqualTo(names.reversed());
    }

    @Test
    void nobodySeesOrChangesAnotherTenantsAgents() {
        Agent agent = registered("private");
        long stranger = 99;
        assertThat(Answers.refusalOf(store().find(stranger, "private"))).isEqualTo(ErrorCode.AGENT_NOT_FOUND);
        assertThat(Answers.refusalOf(store().find(stranger, agent.id().toString())))
                .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
        assertThat(Answers.refusalOf(store().delete(stranger, agent.id()))).isEqualTo(ErrorCode.AGENT_NOT_FOUND);
        assertThat(Answers.refusalOf(store().versions(stranger, agent.id()))).isEqualTo(ErrorCode.AGENT_NOT_FOUND);
        assertThat(Answers.of(store().list(new ListAgents(stranger, null, null, null, 10)))).isEmpty();
        assertThat(find("private")).isEqualTo(agent);
    }

    @Test
    void anAgentMayBeNamedLikeAnId() {
        String name = IDS.generate().toString();
        Agent agent = registered(name);
        assertThat(find(name)).isEqualTo(agent);
    }

    @Test
    void aBinaryIsReferencedByEveryVersionThatEverHadIt() {
        String sha256 = "f".repeat(64);
        assertThat(Answers.of(store().isReferenced(sha256))).isFalse();
        NewVersion version = new NewVersion("", new BinaryRef(sha256, 1), REPORT);
        Agent agent = registered("referring");
        Answers.of(store().addVersion(Tenant.DEFAULT_ID, agent.id(), version, null));
        Answers.of(store().addVersion(Tenant.DEFAULT_ID, agent.id(), version("newer"), null));
        Answers.of(store().delete(Tenant.DEFAULT_ID, agent.id()));
        assertThat(Answers.of(store().isReferenced(sha256))).isTrue();
    }
}
