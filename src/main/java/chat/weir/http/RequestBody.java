package chat.weir.http;

import chat.weir.protocol.ErrorReason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads a request's body without holding a thread while the client sends it, so that slow bodies cost connections and
 * nothing else.
 *
 * <p>A body that is too long is read to its end and dropped, up to {@value #MAX_DROPPED_BYTES} bytes: a connection that
 * is closed with unread bytes is reset, and the client would lose the response that explains the refusal.
 *
 * <p>Threading: one thread at a time, as Jetty calls it; the deadline comes from Jetty's scheduler.
 */
final class RequestBody implements Runnable {
    static final int MAX_BYTES = 64 << 10;
    static final int MAX_DROPPED_BYTES = 1 << 20;

    /** A code point outside the BMP that is written as two escapes. */
    private static final int BYTES_A_CHARACTER = 12;

    /** What else is in a body with a text. */
    private static final int OVERHEAD = 4 << 10;

    private final Request request;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final int maxBytes;
    private long length;

    /** @param maxBytes that are kept; 0 if nobody wants the body */
    private RequestBody(Request request, int maxBytes) {
        this.request = request;
        this.maxBytes = maxBytes;
    }

    /** How long a body may be where texts may have so many code points: long enough for each of them. */
    static int maxBytes(int maxTextLength) {
        return Math.max(MAX_BYTES, BYTES_A_CHARACTER * maxTextLength + OVERHEAD);
    }

    /** Whether a body belongs to the request (RFC 9112 section 6). */
    static boolean isExpected(Request request) {
        HttpFields fields = request.getHeaders();
        return request.getLength() > 0 || fields.contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Whether the request announces more than would be read and dropped. */
    static boolean isTooLong(Request request) {
        return request.getLength() > MAX_DROPPED_BYTES;
    }

    /** @throws Problem 413 if the request announces too long a body */
    static void checkLength(Request request, int maxBytes) {
        if (request.getLength() > maxBytes) {
            throw tooLong(maxBytes);
        }
    }

    /**
     * The body, once it has come.
     *
     * @return fails with a {@link Problem} 413 (longer than {@code maxBytes}), 408 (not complete in time) or
     *     400 (not a valid body), or with what happened to the connection
     */
    static CompletableFuture<byte[]> read(Request request, int maxBytes, Duration timeout) {
        return start(new RequestBody(request, maxBytes), timeout);
    }

    /** Reads a body that nobody wants to its end; fails as {@link #read}, save that it may be longer. */
    static CompletableFuture<byte[]> drop(Request request, Duration timeout) {
        return start(new RequestBody(request, 0), timeout);
    }

    private static CompletableFuture<byte[]> start(RequestBody body, Duration timeout) {
        Scheduler.Task deadline = body.request
                .getComponents()
                .getScheduler()
                .schedule(() -> body.fail(tooSlow()), timeout.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<byte[]> unused = body.whole.whenComplete((bytes, failure) -> deadline.cancel());
        body.run();
        return body.whole;
    }

    @Override
    public void run() {
        while (!whole.isDone()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                fail(translate(chunk.getFailure()));
                return;
            }
            boolean last = chunk.isLast();
            keep(chunk.getByteBuffer());
            chunk.release();
            if (length > Math.max(MAX_DROPPED_BYTES, maxBytes) || (last && maxBytes > 0 && length > maxBytes)) {
                fail(tooLong(maxBytes));
            } else if (last) {
                whole.complete(kept.toByteArray());
            }
        }
    }

    private void keep(ByteBuffer bytes) {
        length += bytes.remaining();
        if (length > maxBytes) {
            kept.reset();
            return;
        }
        byte[] more = new byte[bytes.remaining()];
        bytes.get(more);
        kept.writeBytes(more);
    }

    private void fail(Throwable why) {
        whole.completeExceptionally(why);
    }

    /** Jetty reports a body that breaks the protocol by an exception with the status. */
    private static Throwable translate(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return tooSlow();
        }
        return failure instanceof HttpException http
                ? Problem.malformedRequest("the body is not valid: " + http.getReason())
                : failure;
    }

    private static Problem tooLong(int maxBytes) {
        return new Problem(ErrorReason.TOO_LONG, "the body is longer than " + maxBytes + " bytes");
    }

    private static Problem tooSlow() {
        return new Problem(HttpReason.REQUEST_TIMEOUT, "the body did not come in time");
    }
}
