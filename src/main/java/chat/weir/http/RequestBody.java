package chat.weir.http;

import chat.weir.http.routing.HttpReason;
import chat.weir.http.routing.ProblemException;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.worker.MemoryBudget;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
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
 * <p>What is held counts against the budget of all that clients have sent in part, until {@link #release}: a bound for
 * each body does not bound the sum of them.
 *
 * <p>A body that is too long, or for which nothing is left, is read to its end and dropped, up to
 * {@value #MAX_DROPPED_BYTES} bytes: a connection that is closed with unread bytes is reset, and the client would lose
 * the response that explains the refusal.
 *
 * <p>Threading: one thread at a time, as Jetty calls it; the deadline comes from Jetty's scheduler. What is held is
 * guarded by this.
 */
final class RequestBody implements Runnable {
    static final int MAX_BYTES = 64 << 10;
    private static final int MIN_BYTES = 512;
    private static final byte[] NOTHING = {};
    static final int MAX_DROPPED_BYTES = 1 << 20;

    /** A code point outside the BMP that is written as two escapes. */
    private static final int BYTES_A_CHARACTER = 12;

    /** What else is in a body with a text. */
    private static final int OVERHEAD = 4 << 10;

    private final Request request;
    private final MemoryBudget budget;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final int maxBytes;
    private long length;

    /** Of which the first {@link #length} bytes are used; as long as what has been taken from the budget. */
    @GuardedBy("this")
    private byte[] kept = NOTHING;

    @GuardedBy("this")
    private boolean released;

    /** Nothing was left for it in the budget. */
    private boolean refused;

    /**
     * The body of a request.
     *
     * @param maxBytes that are kept; 0 if nobody wants the body
     * @param budget that bounds what is kept of all bodies
     */
    RequestBody(Request request, int maxBytes, MemoryBudget budget) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.budget = budget;
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

    /** @throws ProblemException 413 if the request announces too long a body */
    static void checkLength(Request request, int maxBytes) {
        if (request.getLength() > maxBytes) {
            throw tooLong(maxBytes);
        }
    }

    /**
     * Reads the body. What it holds afterwards is held until {@link #release}.
     *
     * @return fails with a {@link ProblemException} 413 (longer than {@code maxBytes}), 408 (not complete in time) or
     *     400 (not a valid body), with an {@link ChatException} 503 (all together hold too much), or with what happened
     *     to the connection; a body that nobody wants may be longer
     */
    CompletableFuture<byte[]> read(Duration timeout) {
        Scheduler.Task deadline = request.getComponents()
                .getScheduler()
                .schedule(() -> fail(tooSlow()), timeout.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<byte[]> unused = whole.whenComplete((bytes, failure) -> deadline.cancel());
        run();
        return whole;
    }

    /** Lets go of what is held, and of all that may still come. Idempotent. */
    synchronized void release() {
        budget.giveBack(kept.length);
        kept = NOTHING;
        released = true;
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
            } else if (last && refused) {
                fail(new ChatException(ErrorReason.UNAVAILABLE, "the server holds too much that is not complete"));
            } else if (last) {
                complete();
            }
        }
    }

    private synchronized void keep(ByteBuffer bytes) {
        int before = (int) Math.min(length, maxBytes);
        length += bytes.remaining();
        if (length > maxBytes || refused || released) {
            drop();
            return;
        }
        refused = !hasRoom((int) length);
        if (refused) {
            drop();
        } else {
            bytes.get(kept, before, bytes.remaining());
        }
    }

    /** Grows what is kept; false if nothing is left in the budget. */
    @GuardedBy("this")
    private boolean hasRoom(int needed) {
        if (needed <= kept.length) {
            return true;
        }
        int size = Math.max(needed, Math.min(maxBytes, Math.max(MIN_BYTES, 2 * kept.length)));
        if (!budget.take(size - kept.length)) {
            return false;
        }
        kept = Arrays.copyOf(kept, size);
        return true;
    }

    @GuardedBy("this")
    private void drop() {
        budget.giveBack(kept.length);
        kept = NOTHING;
    }

    private void complete() {
        byte[] bytes;
        synchronized (this) {
            bytes = Arrays.copyOf(kept, (int) Math.min(length, kept.length));
            budget.giveBack(kept.length - bytes.length);
            kept = bytes;
        }
        whole.complete(bytes);
    }

    private void fail(Throwable why) {
        if (whole.completeExceptionally(why)) {
            release();
        }
    }

    /** Jetty reports a body that breaks the protocol by an exception with the status. */
    private static Throwable translate(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return tooSlow();
        }
        return failure instanceof HttpException http
                ? ProblemException.malformedRequest("the body is not valid: " + http.getReason())
                : failure;
    }

    private static ProblemException tooLong(int maxBytes) {
        return new ProblemException(ErrorReason.TOO_LONG, "the body is longer than " + maxBytes + " bytes");
    }

    private static ProblemException tooSlow() {
        return new ProblemException(HttpReason.REQUEST_TIMEOUT, "the body did not come in time");
    }
}
