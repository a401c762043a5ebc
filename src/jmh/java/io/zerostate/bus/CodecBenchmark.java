package io.zerostate.bus;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to send a message to another node, and to read one: those that come once or more for each task. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    @Param({"task.submit/1", "task.claimed/1", "attempt.finish/1", "task.events/1"})
    String message;

    private WireCodec<BusMessage> codec;
    private BusMessage example;
    private Buffer encoded;

    @Setup
    @SuppressWarnings("unchecked")
    public void choose() {
        codec = (WireCodec<BusMessage>)
                Codecs.ALL.stream().filter(one -> one.name().equals(message)).findFirst().orElseThrow();
        example = MessageExamples.ALL.stream().filter(codec.type()::isInstance).findFirst().orElseThrow();
        encoded = encode();
    }

    @Benchmark
    public Buffer encode() {
        Buffer buffer = Buffer.buffer();
        codec.encodeToWire(buffer, example);
        return buffer;
    }

    @Benchmark
    public BusMessage decode() {
        return codec.decodeFromWire(0, encoded);
    }
}
