package io.zerostate.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The codecs of what nodes tell about themselves and about their tasks. */
final class NewsCodecs {
    private NewsCodecs() {}

    /** An event of a kind that this build does not know reads as null, so that the others of its batch arrive. */
    private static final Encoding<TaskEvent> EVENT = Encoding.framed(NewsCodecs::writeEvent, NewsCodecs::readEvent);

    static final WireCodec<TaskEvents> TASK_EVENTS = WireCodec.of(
            TaskEvents.class,
            "task.events/1",
            (out, m) -> out.list(EVENT, m.events()),
            in -> new TaskEvents(in.list(EVENT)));

    static final WireCodec<ReadOutput> READ_OUTPUT = WireCodec.of(
            ReadOutput.class,
            "output.read/1",
            (out, m) -> out.uuid(m.taskId())
                    .number(m.attempt())
                    .value(RunEncodings.STREAM, m.stream())
                    .number(m.offset()),
            in -> new ReadOutput(in.uuid(), in.integer(), in.value(RunEncodings.STREAM), in.number()));

    static final WireCodec<OutputRead> OUTPUT_READ = WireCodec.of(
            OutputRead.class,
            "output.was_read/1",
            (out, m) -> out.number(m.offset()).bytes(m.bytes()),
            in -> new OutputRead(in.number(), in.bytes()));

    static final WireCodec<NodeStatus> NODE_STATUS = WireCodec.of(
            NodeStatus.class,
            "node.status/1",
            (out, m) -> out.text(m.node())
                    .number(m.slots())
                    .number(m.busy())
                    .number(m.queued())
                    .flag(m.stopping())
                    .instant(m.at())
                    .nullable(Encoding.INSTANT, m.renewedAt()),
            in -> new NodeStatus(
                    in.text(),
                    in.integer(),
                    in.integer(),
                    in.number(),
                    in.flag(),
                    in.instant(),
                    in.hasMore() ? in.nullable(Encoding.INSTANT) : null));

    static final WireCodec<NodeFacts> NODE_FACTS = WireCodec.of(
            NodeFacts.class,
            "node.facts/1",
            (out, m) -> out.text(m.node())
                    .text(m.version())
                    .list(Encoding.TEXT, m.roles())
                    .instant(m.startedAt())
                    .number(m.memoryUsedBytes())
                    .number(m.memoryMaxBytes()),
            in -> new NodeFacts(
                    in.text(), in.text(), in.list(Encoding.TEXT), in.instant(), in.number(), in.number()));

    static final WireCodec<CheckHealth> CHECK_HEALTH =
            WireCodec.of(CheckHealth.class, "health.check/1", (out, m) -> {}, in -> new CheckHealth());

    static final WireCodec<Health> HEALTH = WireCodec.of(
            Health.class,
            "health.checked/1",
            (out, m) -> out.flag(m.up()).text(m.detail()),
            in -> new Health(in.flag(), in.text()));

    static final List<WireCodec<?>> ALL = 
            List.of(TASK_EVENTS, READ_OUTPUT, OUTPUT_READ, NODE_STATUS, NODE_FACTS, CHECK_HEALTH, HEALTH);

    private static void writeEvent(WireWriter out, TaskEvent event) {
        switch (event) {
            case TaskEvent.Changed changed -> writeChanged(out.number(1), changed);
            case TaskEvent.Wrote wrote ->
                out.number(2)
                        .uuid(wrote.taskId())
                        .number(wrote.tenantId())
                        .number(wrote.attempt())
                        .value(RunEncodings.STREAM, wrote.stream())
                        .number(wrote.offset())
                        .bytes(wrote.bytes());
        }
    }

    private static @Nullable TaskEvent readEvent(WireReader in) {
        return switch (in.integer()) {
            case 1 -> readChanged(in);
            case 2 ->
                new TaskEvent.Wrote(
                        in.uuid(),
                        in.number(),
                        in.integer(),
                        in.value(RunEncodings.STREAM),
                        in.number(),
                        in.bytes());
            default -> null;
        };
    }

    private static void writeChanged(WireWriter out, TaskEvent.Changed changed) {
        out.uuid(changed.taskId())
                .number(changed.tenantId())
                .uuid(changed.agentId())
                .value(TaskEncodings.STATE, changed.state())
                .number(changed.attempt())
                .number(changed.seq())
                .text(changed.query())
                .text(changed.message())
                .nullable(TaskEncodings.ERROR_CODE, changed.failure())
                .instant(changed.at());
    }

    private static TaskEvent.Changed readChanged(WireReader in) {
        return new TaskEvent.Changed(
                in.uuid(),
                in.number(),
                in.uuid(),
                in.value(TaskEncodings.STATE),
                in.integer(),
                in.integer(),
                in.text(),
                in.text(),
                in.nullable(TaskEncodings.ERROR_CODE),
                in.instant());
    }
}
