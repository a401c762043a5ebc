package io.zerostate.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Merges the settings: {@code conf/zerostate.json} in the jar holds every key with its default; a file overrides it,
 * {@code ZEROSTATE_*} environment variables override the file ({@code http.port} is {@code ZEROSTATE_HTTP_PORT}), and options of
 * the command line override those.
 */
public final class SettingsLoader {
    private static final String DEFAULTS = "conf/zerostate.json";
    private static final String PREFIX = "ZEROSTATE_";

    /** Variables of the command line client and of the launcher, which are no settings of a node. */
    private static final Set<String> NOT_SETTINGS = Set.of("ZEROSTATE_SERVER", "ZEROSTATE_API_KEY", "ZEROSTATE_JAVA_OPTS");

    /** What Kubernetes puts into every container beside a Service that is called zerostate. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("ZEROSTATE_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT|PORT_\\d+_\\w+)");

    private static final Set<String> SECRETS = Set.of(
            "http.api_key",
            "database.password",
            "redis.password",
            "s3.access_key",
            "s3.secret_key",
            "execution.cache_key");
    private static final String MASK = "********";

    private final Map<String, String> environment;

    /** @param environment of the process */
    public SettingsLoader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * What was loaded.
     *
     * @param shown each key with its effective value as text, secrets masked
     */
    public record Loaded(Settings settings, SortedMap<String, String> shown) {}

    /**
     * Loads the settings. Reads files; blocks.
     *
     * @param file null for none
     * @param options values by path that the command line gave
     * @throws ConfigurationException naming every unknown key and bad value at once
     */
    public Loaded load(@Nullable Path file, Map<String, String> options) {
        SettingLayer defaults = SettingLayer.ofJson("the defaults", readDefaults());
        SettingValues values = new SettingValues(defaults);
        if (file != null) {
            values.overlay(SettingLayer.ofJson(file.toString(), readFile(file)));
        }
        overlayEnvironment(values, defaults.values().keySet());
        values.overlay(new SettingLayer("the command line", new LinkedHashMap<>(options)));
        Settings settings = new SettingsReader(values).read();
        values.requireNoProblems();
        SortedMap<String, String> shown = values.asText();
        shown.replaceAll((path, value) -> SECRETS.contains(path) && !value.isEmpty() ? MASK : value);
        return new Loaded(settings, shown);
    }

    private void overlayEnvironment(SettingValues values, Set<String> paths) {
        Map<String, String> pathByVariable = new LinkedHashMap<>();
        paths.forEach(path -> pathByVariable.put(PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT), path));
        environment.forEach((variable, value) -> {
            String path = pathByVariable.get(variable);
            if (path != null) {
                values.overlay(new SettingLayer("variable " + variable, Map.of(path, value)));
            } else if (isMeantForUs(variable)) {
                values.problem("unknown environment variable " + variable);
            }
        });
    }

    private static boolean isMeantForUs(String variable) {
        return variable.startsWith(PREFIX)
                && !NOT_SETTINGS.contains(variable)
                && !SERVICE_LINK.matcher(variable).matches();
    }

    private static String readDefaults() {
        try (InputStream in = SettingsLoader.class.getClassLoader().getResourceAsStream(DEFAULTS)) {
            if (in == null) {
                throw new IllegalStateException(DEFAULTS + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String readFile(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new ConfigurationException(List.of("there is no file " + file));
        } catch (IOException failure) {
            throw new ConfigurationException(List.of("cannot read " + file + ": " + failure.getMessage()));
        }
    }
}
