package chat.weir.bench.retention;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends messages at fixed times, and measures from then to the acknowledgement.
 *
 * <p>Threading: {@link #send} runs on one thread; the rest is safe.
 */
public final class PacedSender implements WebSocket.Listener {
    private static final int MAX_MESSAGES = 1_000_000;
    private static final Pattern ACK = Pattern.compile("\"type\":\"ack\",\"ref\":\"(\\d+)\"");

    private final AtomicLongArray sentAt = new AtomicLongArray(MAX_MESSAGES);
    private final AtomicLongArray tookNanos = new AtomicLongArray(MAX_MESSAGES);
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final CountDownLatch confirmed = new CountDownLatch(1);
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    /** Connects and takes a name. */
    public PacedSender(int port) throws InterruptedException {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/fishing?heartbeat=pong"), this)
                .join();
        socket.sendText("{\"type\":\"identity\",\"user\":\"sender\"}", true).join();
        confirmed.await();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
        text.append(data);
        if (isLast) {
            received(text.toString(), System.nanoTime());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void received(String envelope, long now) {
        if (envelope.contains("\"authenticated\":\"true\"")) {
            confirmed.countDown();
        }
        Matcher ack = ACK.matcher(envelope);
        if (ack.find()) {
            int number = Integer.parseInt(ack.group(1));
            tookNanos.set(number, now - sentAt.get(number));
        }
    }

    /** Sends until it is stopped. A message that is not acknowledged in the end counts as not measured. */
    public void send(int perSecond) {
        long begin = System.nanoTime();
        for (int i = 0; i < MAX_MESSAGES && !isStopped.get(); i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            sentAt.set(i, due);
            socket.sendText("{\"type\":\"message\",\"text\":\"message " + i + "\",\"ref\":\"" + i + "\"}", true)
                    .join();
        }
    }

    public void stop() {
        isStopped.set(true);
    }

    /** The latencies from one time to another, in milliseconds, sorted. */
    public double[] millis(long fromNanos, long toNanos) {
        double[] all = new double[MAX_MESSAGES];
        int count = 0;
        for (int i = 0; i < MAX_MESSAGES; i++) {
            long at = sentAt.get(i);
            if (tookNanos.get(i) > 0 && at - fromNanos >= 0 && at - toNanos < 0) {
                all[count++] = tookNanos.get(i) / 1e6;
            }
        }
        double[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
