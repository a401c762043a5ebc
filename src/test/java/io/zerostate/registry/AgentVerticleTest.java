package io.zerostate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.zerostate.agent.Agent;
import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.Manifest;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.directory.DirectoryBinaryStore;
import io.zerostate.bus.AddAgentVersion;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AgentChanged;
import io.zerostate.bus.Bus;
import io.zerostate.bus.DeleteAgent;
import io.zerostate.bus.FindAgent;
import io.zerostate.bus.PatchAgent;
import io.zerostate.bus.RegisterAgent;
import io.zerostate.config.ExecutionSettings;
import io.zerostate.metrics.EngineMetrics;
import io.zerostate.postgres.Answers;
import io.zerostate.postgres.DatabasePool;
import io.zerostate.postgres.TestDatabase;
import io.zerostate.registry.postgres.PostgresAgentStore;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.LimitOverrides;
import io.zerostate.task.Limits;
import io.zerostate.task.RefusedException;
import io.zerostate.task.Tenant;
import io.zerostate.wasm.ModuleCache;
import io.zerostate.wasm.WasmRuntime;
import io.zerostate.wasm.chicory.ChicoryRuntime;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads over a real bus, with the real engine, binaries on disk and PostgreSQL. */
class AgentVerticleTest {
    private static final Path MODULES = Path.of("tests", "wasm");

    @TempDir
    static Path directory;

    private static final ScheduledExecutorService TICKER = Executors.newSingleThreadScheduledExecutor();
    private static final ModuleCache CACHE = new ModuleCache(64 << 20);
    private static final BlockingQueue<AgentChanged> NEWS = new LinkedBlockingQueue<>();
    private static Vertx vertx;
    private static Pool pool;
    private static Bus bus;
    private static BinaryStore binaries;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        bus = Bus.withCodecs(vertx);
        pool = DatabasePool.create(vertx, TestDatabase.create(), "test");
        binaries = new DirectoryBinaryStore(vertx.createSharedWorkerExecutor("files"), directory.resolve("binaries"));
        WasmRuntime runtime = new ChicoryRuntime(InstantSource.system(), new SecureRandom());
        EngineMetrics metrics = new EngineMetrics(new SimpleMeterRegistry());
        AgentVerticle verticle = new AgentVerticle(
                bus,
                new PostgresAgentStore(pool),
                new ModuleIntake(binaries, runtime, CACHE, metrics, TICKER),
                new ExecutionSettings(1, 1 << 30, 1 << 20, 0, "", 2, Duration.ZERO, Limits.DEFAULT, Limits.MAXIMUM),
                Generators.timeBasedEpochGenerator()::generate);
        Answers.of(bus.listen(Addresses.AGENT_EVENTS, NEWS::add).completion());
        Answers.of(vertx.deployVerticle(verticle));
    }

    @AfterAll
    static void stop() {
        Answers.of(pool.close());
        Answers.of(vertx.close());
        TICKER.shutdownNow();
    }

    private static BinaryRef stored(String file) {
        return Answers.of(binaries.put(MODULES.resolve(file)));
    }

    private static RegisterAgent upload(String name, BinaryRef binary) {
        return new RegisterAgent(Tenant.DEFAULT_ID, name, "1", Manifest.EMPTY, binary);
    }

    private static Agent registered(String name, String file) {
        return Answers.of(bus.request(Addresses.AGENT_REGISTER, upload(name, stored(file)))).agent();
    }

    private static RefusedException refusal(RegisterAgent request) {
        return catchThrowableOfType(
                RefusedException.class, () -> Answers.of(bus.request(Addresses.AGENT_REGISTER, request)));
    }

    private static AgentChanged news(Agent agent) throws InterruptedException {
        for (AgentChanged change; (change = NEWS.poll(10, TimeUnit.SECONDS)) != null; ) {
            if (change.agentId().equals(agent.id())) {
                return change;
            }
        }
        throw new AssertionError("no news of " + agent.name());
    }

    private static boolean isStored(BinaryRef binary) {
        return Answers.of(binaries.get(binary.sha256()).transform(read -> Future.succeededFuture(read.succeeded())));
    }

    @Test
    void anUploadIsCompiledRegisteredAndAnnounced() throws InterruptedException {
        Agent agent = registered("hello", "hello_c.wasm");
        assertThat(agent.current().report().imports()).contains("wasi_snapshot_preview1.fd_write");
        assertThat(agent.current().report().functions()).isPositive();
        assertThat(news(agent))
                .isEqualTo(new AgentChanged(
                        agent.id(),
                        Tenant.DEFAULT_ID,
                        "hello",
                        1,
                        agent.current().binary().sha256(),
                        false,
                        agent.updatedAt()));
        assertThat(Answers.of(bus.request(Addresses.AGENT_FIND, new FindAgent(Tenant.DEFAULT_ID, "hello"))).agent())
                .isEqualTo(agent);
    }

    @Test
    void theModuleOfAnUploadIsReadyForItsFirstTask() throws Exception {
        Agent agent = registered("ready", "exit_3.wasm");
        assertThat(CACHE.get(agent.current().binary().sha256(), () -> {
                    throw new AssertionError("prepared a second time");
                }))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_wasm.bin", "empty.bin", "truncated.wasm", "no_start.wasm", "foreign_import.wasm"})
    void aModuleThatCannotBeAnAgentIsRefusedWithAReasonAndForgotten(String file) {
        BinaryRef binary = stored(file);
        RefusedException refused = refusal(upload("refused", binary));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MODULE);
        assertThat(refused.detail()).isNotBlank();
        assertThat(isStored(binary)).as("the binary is kept").isFalse();
        assertThat(Answers.refusalOf(bus.request(Addresses.AGENT_FIND, new FindAgent(Tenant.DEFAULT_ID, "refused"))))
                .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
    }

    @Test
    void theReasonNamesTheByteWhereThereIsOne() {
        assertThat(refusal(upload("where", stored("wrong_version.wasm"))).detail()).containsPattern("at byte \\d+");
    }

    @Test
    void aTakenNameIsRefusedBeforeAnythingIsCompiledAndTheBinaryOfOthersStays() {
        Agent agent = registered("taken", "exit_0.wasm");
        long prepared = CACHE.stats().misses();
        BinaryRef other = stored("unreachable.wasm");
        assertThat(refusal(upload("taken", other)).code()).isEqualTo(ErrorCode.AGENT_EXISTS);
        assertThat(CACHE.stats().misses()).isEqualTo(prepared);
        assertThat(isStored(agent.current().binary())).isTrue();
    }

    @Test
    void aNewVersionRunsInPlaceOfTheOldOne() throws InterruptedException {
        Agent agent = registered("grows", "exit_0.wasm");
        AddAgentVersion request =
                new AddAgentVersion(Tenant.DEFAULT_ID, agent.id(), "2", null, stored("exit_1.wasm"));
        Agent changed = Answers.of(bus.request(Addresses.AGENT_ADD_VERSION, request)).agent();
        assertThat(changed.current().number()).isEqualTo(2);
        assertThat(news(agent).version()).isEqualTo(1);
        assertThat(news(agent).version()).isEqualTo(2);
        AddAgentVersion broken =
                new AddAgentVersion(Tenant.DEFAULT_ID, agent.id(), "3", null, stored("not_wasm.bin"));
        assertThat(Answers.refusalOf(bus.request(Addresses.AGENT_ADD_VERSION, broken)))
                .isEqualTo(ErrorCode.INVALID_MODULE);
    }

    @Test
    void limitsBeyondTheNodesAreRefusedByName() {
        LimitOverrides beyond = new LimitOverrides(Limits.MAXIMUM.timeoutMs() + 1, null, null, null);
        RegisterAgent request = new RegisterAgent(
                Tenant.DEFAULT_ID, "greedy", "", new Manifest("", List.of(), beyond), stored("exit_0.wasm"));
        RefusedException refused = refusal(request);
        assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        assertThat(refused.detail()).contains("timeout_ms", "300000");
        Agent agent = registered("modest", "exit_0.wasm");
        assertThat(Answers.refusalOf(bus.request(
                        Addresses.AGENT_PATCH,
                        new PatchAgent(Tenant.DEFAULT_ID, agent.id(), null, null, null, beyond))))
                .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "../etc", "a b", "a\n"})
    void aNameThatCouldBeTakenForSomethingElseIsRefused(String name) {
        assertThat(refusal(upload(name, stored("exit_0.wasm"))).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void aDeletedAgentIsAnnouncedAsDeleted() throws InterruptedException {
        Agent agent = registered("leaves", "exit_0.wasm");
        assertThat(news(agent).deleted()).isFalse();
        Answers.of(bus.request(Addresses.AGENT_DELETE, new DeleteAgent(Tenant.DEFAULT_ID, agent.id())));
        assertThat(news(agent).deleted()).isTrue();
    }

    @Test
    void aModuleThatIsNotInTheStoreIsNotAnAnswerAboutTheModule() {
        assertThat(refusal(upload("missing", new BinaryRef("0".repeat(64), 1))).code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }
}
