package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM's flags are written in three places, which say the same. */
class JvmFlagsTest {

    static Stream<String> flags() {
        return Stream.of(System.getProperty("zerostate.jvm.flags").split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/zerostate", "Dockerfile"})
    void whatStartsTheProductUsesTheFlagsItIsTestedWith(String launcher) throws Exception {
        assertThat(Files.readString(Path.of(launcher))).contains(flags().toList());
    }

    @ParameterizedTest
    @MethodSource("flags")
    void testsRunWithTheFlags(String flag) {
        List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
        assertThat(given).anyMatch(argument -> argument.equals(flag) || argument.startsWith(flag + "="));
    }
}
