package io.zerostate.app.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.XmlConfigBuilder;
import io.zerostate.config.ClusterSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;

/** Hazelcast's configuration: {@code cluster.xml} of the jar or a file in its place, with the settings filled in. */
final class ClusterConfiguration {
    private static final String RESOURCE = "cluster.xml";

    private ClusterConfiguration() {}

    /**
     * Reads a file, and may ask the DNS; blocks.
     *
     * @throws ClusterConfigurationException when the file cannot be used, or {@code cluster.host} is no address
     */
    static Config load(ClusterSettings settings) throws ClusterConfigurationException {
        String source = settings.config().isEmpty() ? RESOURCE : settings.config();
        try (InputStream xml = open(settings.config())) {
            return new XmlConfigBuilder(xml).setProperties(placeholders(settings)).build();
        } catch (NoSuchFileException missing) {
            throw new ClusterConfigurationException("cluster.config names " + source + ", which is not there");
        } catch (IOException | InvalidConfigurationException failure) {
            throw new ClusterConfigurationException("cannot use the cluster's configuration " + source + ": " + failure.getMessage());
        }
    }

    private static InputStream open(String file) throws IOException {
        if (!file.isEmpty()) {
            return Files.newInputStream(Path.of(file));
        }
        InputStream resource = ClusterConfiguration.class.getClassLoader().getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException(RESOURCE + " is missing from the jar");
        }
        return resource;
    }

    private static Properties placeholders(ClusterSettings settings) throws ClusterConfigurationException {
        boolean kubernetes = !settings.kubernetesDns().isEmpty();
        Properties properties = new Properties();
        properties.setProperty("cluster.name", settings.name());
        properties.setProperty("cluster.host", address(settings.host()));
        properties.setProperty("cluster.port", String.valueOf(settings.port()));
        properties.setProperty("cluster.members", String.join(",", settings.members()));
        properties.setProperty("cluster.tcp_ip", String.valueOf(!kubernetes));
        properties.setProperty("cluster.kubernetes", String.valueOf(kubernetes));
        properties.setProperty("cluster.kubernetes_dns", settings.kubernetesDns());
        properties.setProperty("cluster.heartbeat_s", String.valueOf(settings.heartbeat().toSeconds()));
        return properties;
    }

    /** Hazelcast knows interfaces by number only. */
    private static String address(String host) throws ClusterConfigurationException {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException unknown) {
            throw new ClusterConfigurationException("cluster.host \"" + host + "\" is not known");
        }
    }
}
