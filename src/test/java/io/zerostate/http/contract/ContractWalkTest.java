package io.zerostate.http.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.zerostate.app.node.Node;
import io.zerostate.config.SettingsLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Walks every operation of the contract on a whole node, with good and bad requests, and holds each answer to the contract. */
class ContractWalkTest {

    @TempDir
    static Path directory;

    private static Node node;
    private static ContractClient client;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> options = Map.of("http.port", "0", "node.data_dir", directory.toString(), "node.grace", "1s");
        node = Node.start(new SettingsLoader(Map.of()).load(null, options).settings(), () -> {});
        client = new ContractClient(node.uri());
    }

    @AfterAll
    static void stop() {
        client.close();
        node.close();
    }

    @TestFactory
    Stream<DynamicTest> goodRequestsAreAnsweredAsDescribed() {
        Walk walk = new Walk(client);
        return Stream.of(
                dynamicTest("agents", walk::agents),
                dynamicTest("tasks that end", walk::finishedTasks),
                dynamicTest("tasks that do not end by themselves", walk::unfinishedTasks),
                dynamicTest("submissions of many kinds", walk::submissions),
                dynamicTest("the node", walk::node),
                dynamicTest("and no operation was left out", () -> assertThat(client.walked())
                        .containsExactlyInAnyOrderElementsOf(client.contract().operations().stream()
                                .map(ContractDocument.Operation::id)
                                .toList())));
    }

    @TestFactory
    Stream<DynamicContainer> badRequestsAreRefusedAsDescribed() {
        BadRequests bad = new BadRequests(client);
        return client.contract().operations().stream()
                .map(operation -> DynamicContainer.dynamicContainer(operation.id(), bad.of(operation).stream()
                        .map(request -> dynamicTest(
                                request.name(), () -> request.call().expectProblem(request.status(), request.code())))));
    }

    /** What clients generate code from has to be whole: names for operations, words for what they do. */
    @Test
    void everyOperationIsNamedAndDescribed() {
        assertThat(client.contract().operations()).allSatisfy(operation -> {
            assertThat(operation.json().getString("summary")).isNotBlank();
            assertThat(operation.json().getJsonArray("tags")).hasSize(1);
        });
    }
}
