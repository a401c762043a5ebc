package io.zerostate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;

/** What browsers load: the contract, the page that shows it, and the console. All of it comes from the classpath. */
final class PageRoutes {

    private static final String CONSOLE = "web";
    private static final String DOCS = "docs";

    /** Draws the plots; the pages name it with its version, so it never changes. */
    private static final String UPLOT = "META-INF/resources/webjars/uplot";

    private static final long LIBRARY_MAX_AGE_S = 31_536_000;

    private final Buffer contractText;
    private final String swaggerUi;

    /** @param swaggerUi classpath folder of the swagger-ui WebJar */
    PageRoutes(Contract contract, String swaggerUi) {
        this.contractText = contract.text();
        this.swaggerUi = swaggerUi;
    }

    void bind(Operations operations) {
        operations.on("getOpenApi", context -> Answer.bytes(context, "application/yaml", contractText));
        operations.on("getDocs", context -> context.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .sendFile(DOCS + "/index.html")
                .onFailure(context::fail));
        // The folder mounted below has it.
        operations.on("getConsole", RoutingContext::next);
    }

    /** Mounts the folders, for the paths that no operation has answered. */
    void mount(Router router) {
        router.get("/webjars/uplot/*")
                .handler(folder(UPLOT).setMaxAgeSeconds(LIBRARY_MAX_AGE_S).setCachingEnabled(true));
        mount(router, "/docs/ui/*", swaggerUi);
        mount(router, "/docs/*", DOCS);
        // The console's pages have addresses of their own, which are one file to the server.
        router.getWithRegex("/(?:agents|tasks|nodes)(?:/[^/.]*)?").handler(PageRoutes::console);
        mount(router, "/*", CONSOLE);
    }

    private static void console(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-cache")
                .sendFile(CONSOLE + "/index.html")
                .onFailure(context::fail);
    }

    private static void mount(Router router, String path, String name) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(folder(name));
    }

    /** Files change with the version of the node only, but keep their names: browsers are to ask each time. */
    private static StaticHandler folder(String name) {
        return StaticHandler.create(FileSystemAccess.RELATIVE, name)
                .setIncludeHidden(false)
                .setDirectoryListing(false)
                .setMaxAgeSeconds(0)
                .setFilesReadOnly(true);
    }
}
