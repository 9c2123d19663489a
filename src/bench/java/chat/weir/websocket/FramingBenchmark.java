package chat.weir.websocket;

import chat.weir.protocol.frame.FrameDecoder;
import chat.weir.protocol.frame.FrameHandler;
import java.nio.ByteBuffer;
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

/** Decoding of one client frame (header, mask, UTF-8), in one piece and in two. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FramingBenchmark {
    @Param({"19", "60", "4000"})
    private int payload;

    private final Counter counter = new Counter();
    private final FrameDecoder decoder = new FrameDecoder(65_536, counter);
    private ByteBuffer frame = ByteBuffer.allocateDirect(0);

    private static final class Counter implements FrameHandler {
        private long bytes;

        @Override
        public void onText(byte[] utf8, int length) {
            bytes += length;
        }

        @Override
        public void onBinary(byte[] sent, int length) {
            bytes += length;
        }

        @Override
        public void onPing(byte[] sent) {
            bytes++;
        }

        @Override
        public void onPong() {
            bytes++;
        }

        @Override
        public void onClose(int code, String reason) {
            bytes++;
        }
    }

    /** Masked with zeros, which costs as much as any other mask. */
    @Setup
    public void makeFrame() {
        frame = ByteBuffer.allocateDirect(payload + 8);
        frame.put((byte) 0x81);
        if (payload <= 125) {
            frame.put((byte) (0x80 | payload));
        } else {
            frame.put((byte) 0xFE).putShort((short) payload);
        }
        frame.putInt(0);
        for (int i = 0; i < payload; i++) {
            frame.put((byte) 'x');
        }
        frame.flip();
    }

    @Benchmark
    public long decodeWhole() {
        frame.rewind();
        decoder.decode(frame);
        return counter.bytes;
    }

    @Benchmark
    public long decodeInTwoPieces() {
        int end = frame.limit();
        frame.rewind().limit(end / 2);
        decoder.decode(frame);
        frame.limit(end);
        decoder.decode(frame);
        return counter.bytes;
    }
}
