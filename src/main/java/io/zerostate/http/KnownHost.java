package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.config.HttpSettings;
import io.zerostate.task.ErrorCode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the pages of other sites away from a node without an API key. Such a node listens on loopback only, but a site may let its own
 * name point there (DNS rebinding), and to a browser the node is then that site; and any page may send a form to any address, though it
 * does not get to see the answer. What neither can change is the {@code Host} and the {@code Origin} that the browser sends along.
 *
 * <p>Known are this machine's names and addresses for itself, the host that the node listens on, and those of the configured origins,
 * each with any port. Requests without a host or an origin come from no page, and those with a host that cannot be read do not come this
 * far. Health is told to everybody: probes call a node by whatever address they have.
 */
final class KnownHost implements Handler<RoutingContext> {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

    private final boolean everyone;
    private final Set<String> known;

    /** @param http with an API key, every host will do: a page of another site does not have it */
    KnownHost(HttpSettings http) {
        everyone = !http.apiKey().isEmpty();
        known = Stream.concat(Stream.of(http.host()), http.allowedOrigins().stream().flatMap(KnownHost::hostOf))
                .map(KnownHost::bare)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (everyone || isHealth(request.path()) || isFromHere(request)) {
            context.next();
            return;
        }
        throw Problem.of(
                        ErrorCode.FORBIDDEN,
                        "Without an API key the node answers only to names and pages of this machine; http.allowed_origins can add others.")
                .exception();
    }

    private boolean isFromHere(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        String origin = request.getHeader("Origin");
        return (authority == null || isKnown(bare(authority.host())))
                && (origin == null || hostOf(origin).map(KnownHost::bare).anyMatch(this::isKnown));
    }

    private boolean isKnown(String host) {
        return LOOPBACK.matcher(host).matches() || known.contains(host);
    }

    private static Stream<String> hostOf(String origin) {
        return Stream.ofNullable(HostAndPort.parseAuthority(origin.replaceFirst("^https?://", ""), 0)).map(HostAndPort::host);
    }

    /** Of either case, and an address of IPv6 with its brackets or without. */
    private static String bare(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    }

    private static boolean isHealth(String path) {
        return path.equals("/health") || path.startsWith("/health/");
    }
}
