package io.zerostate.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.zerostate.config.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigurationTest {
    private static ClusterSettings settings(String host, String kubernetesDns, String config) {
        return new ClusterSettings(
                "blue", host, 5800, 0, List.of("127.0.0.1:5800", "127.0.0.1:5801"), kubernetesDns, Duration.ofSeconds(7), config);
    }

    @Test
    void membersAreThoseThatTheSettingsName() throws Exception {
        Config config = ClusterConfiguration.load(settings("localhost", "", ""));

        assertThat(config.getClusterName()).isEqualTo("blue");
        assertThat(config.getNetworkConfig().getPort()).isEqualTo(5800);
        assertThat(config.getNetworkConfig().getJoin().getTcpIpConfig().isEnabled()).isTrue();
        assertThat(config.getNetworkConfig().getJoin().getTcpIpConfig().getMembers())
                .containsExactly("127.0.0.1:5800", "127.0.0.1:5801");
        assertThat(config.getProperty("hazelcast.max.no.heartbeat.seconds")).isEqualTo("7");
    }

    @Test
    void nothingIsFoundByChanceAndNothingIsToldToOthers() throws Exception {
        Config config = ClusterConfiguration.load(settings("127.0.0.1", "", ""));
        JoinConfig join = config.getNetworkConfig().getJoin();

        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.isAutoDetectionEnabled()).isFalse();
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
        assertThat(config.getNetworkConfig().getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
    }

    @Test
    void inKubernetesMembersAreTheAddressesOfAService() throws Exception {
        JoinConfig join = ClusterConfiguration.load(settings("127.0.0.1", "nodes.zerostate.svc", "")).getNetworkConfig().getJoin();

        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getKubernetesConfig().getProperty("service-dns")).isEqualTo("nodes.zerostate.svc");
    }

    @Test
    void aFileOfOnesOwnTakesThePlaceOfTheJars(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("own.xml"),
                "<hazelcast xmlns=\"http://www.hazelcast.com/schema/config\"><cluster-name>own-${cluster.name}</cluster-name></hazelcast>");

        assertThat(ClusterConfiguration.load(settings("127.0.0.1", "", file.toString())).getClusterName())
                .isEqualTo("own-blue");
    }

    @Test
    void whatCannotBeUsedIsNamed(@TempDir Path directory) throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.xml"), "<hazelcast><no-such-thing/></hazelcast>");

        assertThatThrownBy(() -> ClusterConfiguration.load(settings("127.0.0.1", "", directory.resolve("missing.xml").toString())))
                .isInstanceOf(ClusterConfigurationException.class)
                .hasMessageContaining("missing.xml");
        assertThatThrownBy(() -> ClusterConfiguration.load(settings("127.0.0.1", "", broken.toString())))
                .isInstanceOf(ClusterConfigurationException.class)
                .hasMessageContaining("broken.xml");
        assertThatThrownBy(() -> ClusterConfiguration.load(settings("no.such.host.invalid", "", "")))
                .isInstanceOf(ClusterConfigurationException.class)
                .hasMessageContaining("cluster.host \"no.such.host.invalid\"");
    }
}
