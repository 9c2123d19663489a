package chat.weir.bench.micro;

import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.Frame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding and encoding of the most frequent envelopes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private final JsonCodec codec = new JsonCodec();
    private final byte[] heartbeat = json("{\"type\":\"heartbeat\"}");
    private final byte[] message = json("{\"type\":\"message\",\"text\":\"anything biting up there today?\"}");
    private final byte[] messageWithRef =
            json("{\"ref\":\"1234\",\"type\":\"message\",\"text\":\"gr\u00fc\u00dfe \\n aus \ud83c\udfa3\"}");
    private final ServerEnvelope broadcast = new ServerEnvelope.Message(
            "anything biting up there today?",
            1_652_997_756,
            UserName.parse("fishing_beast_5000").orElseThrow(),
            1_652_997_756_123_456L,
            0);

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public ClientEnvelope decodeHeartbeat() {
        return codec.decode(heartbeat, 0, heartbeat.length);
    }

    @Benchmark
    public ClientEnvelope decodeMessage() {
        return codec.decode(message, 0, message.length);
    }

    @Benchmark
    public ClientEnvelope decodeMessageWithRefAndEscapes() {
        return codec.decode(messageWithRef, 0, messageWithRef.length);
    }

    @Benchmark
    public Frame encodeMessage() {
        return codec.encode(broadcast);
    }
}
