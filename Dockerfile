# docker build -t zerostate .
# docker run -p 8080:8080 -v zerostate:/data -e ZEROSTATE_HTTP_API_KEY=... \
#     -e ZEROSTATE_DATABASE_URL=postgresql://db:5432/zerostate -e ZEROSTATE_DATABASE_USER=... -e ZEROSTATE_DATABASE_PASSWORD=... zerostate
# docker build --build-arg JIT=graal: with Graal for hot code instead of C2, which is slower at first and faster where functions are large.
# Without a database at hand: the same, with `dev` at the end and no ZEROSTATE_DATABASE_*.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml .
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn -q -B -DskipTests -Dexec.skip package
# Graal as jars of the JDK's own version, and the flags that it takes: none for C2.
ARG JIT=c2
RUN --mount=type=cache,target=/root/.m2 mkdir /graal && : >/jit.options; if [ "$JIT" = graal ]; then . "$JAVA_HOME/release" \
    && mvn -q -B -Pgraal -Dgraal.version="$JAVA_VERSION" initialize && cp target/graal-"$JAVA_VERSION"/* /graal \
    && echo --upgrade-module-path=/opt/graal -XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI -XX:+UseJVMCICompiler >/jit.options; fi
# A JRE with the platform's modules, the ones that Netty, Hotspot's own figures, DNS look-ups and Graal need, and no tools.
RUN jlink --output /jre --strip-debug --no-header-files --no-man-pages --compress zip-6 \
    --add-modules java.se,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.naming.dns,jdk.zipfs,jdk.localedata,jdk.internal.vm.ci,jdk.graal.compiler \
    --include-locales en

FROM debian:12-slim
COPY --from=build /jre /opt/jre
COPY --from=build /graal /opt/graal
COPY --from=build /jit.options /opt/zerostate/jit.options
COPY --from=build /build/target/zerostate.jar /opt/zerostate/zerostate.jar
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin zerostate \
    && install -d -o zerostate -g zerostate -m 700 /data
USER zerostate
WORKDIR /data
VOLUME /data
# HTTP; Hazelcast and the event bus between the nodes of a cluster.
EXPOSE 8080 5701 5702
# Beyond loopback a node wants to be given an API key, and does not start without one.
ENV ZEROSTATE_HTTP_HOST=0.0.0.0 \
    ZEROSTATE_NODE_DATA_DIR=/data
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${ZEROSTATE_HTTP_PORT:-8080} && printf 'GET /health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
# The flags of bin/zerostate. SIGTERM reaches the JVM, which is the only process: docker stop -t has to allow for node.grace.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/jre/bin/java", \
    "-XX:-DontCompileHugeMethods", \
    "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", \
    "--sun-misc-unsafe-memory-access=allow", \
    "-XX:+UseParallelGC", \
    "@/opt/zerostate/jit.options", \
    "-XX:MaxRAMPercentage=70", \
    "-jar", "/opt/zerostate/zerostate.jar"]
CMD ["serve"]
