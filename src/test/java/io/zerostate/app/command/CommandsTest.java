package io.zerostate.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {

    static Stream<List<String>> commands() {
        return all(ZeroStateCommand.program(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter())), List.of());
    }

    private static Stream<List<String>> all(CommandLine command, List<String> path) {
        Stream<List<String>> below = command.getSubcommands().entrySet().stream().flatMap(entry -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(entry.getKey());
            return all(entry.getValue(), longer);
        });
        return Stream.concat(Stream.of(path), below);
    }

    private record Ended(int exitCode, String out, String err) {}

    private static Ended execute(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = words.toArray(String[]::new);
        int exitCode = ZeroStateCommand.program(new PrintWriter(out, true), new PrintWriter(err, true), arguments)
                .execute(arguments);
        return new Ended(exitCode, out.toString(), err.toString());
    }

    @Test
    void theCommandsAreThoseOfTheInterface() {
        assertThat(commands().map(path -> String.join(" ", path)))
                .contains(
                        "dev", "serve", "run", "agent push", "agent list", "agent show", "agent rm", "task submit", "task show",
                        "task list", "task cancel", "task logs", "bench");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(List<String> path) {
        List<String> words = new ArrayList<>(path);
        words.add("--help");
        Ended help = execute(words);
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith(("Usage: zerostate " + String.join(" ", path)).strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task submit hello --priority",
                "task nonsense",
                "nonsense",
                "agent",
                "task show",
                "dev --nonsense",
                "dev --jit nonsense",
                "serve --jit graal",
                "task list --limit many"
            })
    void aWrongCommandLineIsRefusedInOneLine(String words) {
        Ended ended = execute(List.of(words.split(" ")));
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("zerostate: ").contains("--help").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--tasks,0,between 1 and 10000000",
        "--tasks,10000001,between 1 and 10000000",
        "--tasks,many,many",
        "--concurrency,1001,between 1 and 1000",
        "--batch,1001,between 1 and 1000",
        "--warmup,-1,between 1 and 1000000",
        "--rate,0,at most 100000",
        "--rate,50/m,50/m",
        "--duration,2d,between 1ms and 1d",
        "--duration,30,30",
        "--patience,0s,between 1ms and 1d"
    })
    void aLoadThatCannotBeIsRefusedWithItsLimit(String option, String value, String limit) {
        Ended ended = execute(List.of("bench", option, value));
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("zerostate: ").contains(option, limit).hasLineCount(1);
    }

    @Test
    void aWrongAddressOfANodeIsRefused() {
        Ended ended = execute(List.of("task", "list", "--server", "localhost"));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("--server").hasLineCount(1);
    }
}
