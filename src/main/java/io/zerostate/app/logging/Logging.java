package io.zerostate.app.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.zerostate.config.LogSettings;
import java.util.Map;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a node: to stderr, since stdout belongs to what a command answers. Set up in code because reading a configuration
 * file would cost each start 100 ms.
 */
public final class Logging {
    /** Fields that a statement adds ({@code task_id=...}) come after its text. */
    private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %-22.22logger{0} %msg %kvp{NONE}%n%ex";

    private static final int QUEUE_LINES = 8_192;

    /**
     * Who says too much. Chicory writes a line for some calls that programs make, so a program could fill the log; Micrometer warns
     * that Vert.x registers one gauge from each of its event buses.
     */
    private static final Map<String, Level> OTHERS =
            Map.of("com.dylibso.chicory", Level.OFF, "io.micrometer.core.instrument.MeterRegistry", Level.ERROR);

    private Logging() {}

    /**
     * Before anything is known of the settings, and for commands that are not a node: warnings only, as text.
     *
     * @param context to fill
     */
    static void quiet(LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        OTHERS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console(context, text(context)));
    }

    /**
     * Sets up the log of a node. Threads that log do not wait for stderr: when nobody reads it, lines are dropped.
     *
     * @param terminal whether stderr is one
     */
    public static void start(LogSettings settings, boolean terminal) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger("io.zerostate").setLevel(Level.valueOf(settings.level().name()));
        OTHERS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        Encoder<ILoggingEvent> encoder =
                switch (settings.format()) {
                    case TEXT -> text(context);
                    case JSON -> json(context);
                    case AUTO -> terminal ? text(context) : json(context);
                };
        AsyncAppender async = new AsyncAppender();
        async.setContext(context);
        async.setQueueSize(QUEUE_LINES);
        async.setDiscardingThreshold(0);
        async.setNeverBlock(true);
        async.addAppender(console(context, encoder));
        async.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(async);
    }

    /** Writes what is still waiting. Nothing is logged afterwards. */
    public static void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        return console;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(TEXT);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        LogstashFieldNames names = new LogstashFieldNames();
        names.setTimestamp("time");
        names.setLogger("logger");
        names.setThread("thread");
        names.setVersion("[ignore]");
        names.setLevelValue("[ignore]");
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.setFieldNames(names);
        encoder.setTimeZone("UTC");
        encoder.start();
        return encoder;
    }
}
