package io.zerostate.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where the files of the swagger-ui WebJar lie on the classpath: the folder is named after its version. */
final class SwaggerUi {

    private static final String POM_PROPERTIES = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private SwaggerUi() {}

    /**
     * Returns the classpath folder of the WebJar. Blocks for one small read.
     *
     * @throws IllegalStateException when the WebJar is not on the classpath
     */
    static String folder() {
        try (InputStream in = SwaggerUi.class.getClassLoader().getResourceAsStream(POM_PROPERTIES)) {
            if (in == null) {
                throw new IllegalStateException("the swagger-ui WebJar is missing: " + POM_PROPERTIES);
            }
            Properties properties = new Properties();
            properties.load(in);
            return "META-INF/resources/webjars/swagger-ui/" + properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
