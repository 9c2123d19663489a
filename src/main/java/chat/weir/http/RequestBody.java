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
 * Reads a request body asynchronously, so that slow clients do not occupy threads.
 *
 * <p>The buffer counts against the budget for all incomplete input of clients, until {@link #release}: limiting each
 * body would not limit their sum.
 *
 * <p>A body that is too long, or does not fit into the budget, is read and discarded up to {@value #MAX_DROPPED_BYTES}
 * bytes: closing a connection with unread bytes resets it, and the client would lose the error response.
 *
 * <p>Threading: called by one thread at a time, by Jetty; the timeout comes from Jetty's scheduler. The buffer is
 * guarded by this.
 */
final class RequestBody implements Runnable {
    static final int MAX_BYTES = 64 << 10;
    private static final int MIN_BYTES = 512;
    private static final byte[] NOTHING = {};
    static final int MAX_DROPPED_BYTES = 1 << 20;

    /** The longest JSON form of a code point: two Unicode escapes. */
    private static final int BYTES_PER_CHARACTER = 12;

    /** For everything but the text. */
    private static final int OVERHEAD = 4 << 10;

    private final Request request;
    private final MemoryBudget budget;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final int maxBytes;
    private long length;

    /** The first {@link #length} bytes are used. The size is what was taken from the budget. */
    @GuardedBy("this")
    private byte[] kept = NOTHING;

    @GuardedBy("this")
    private boolean released;

    /** The budget is exhausted. */
    private boolean refused;

    /**
     * Creates the reader of a request's body.
     *
     * @param maxBytes the maximum length; 0 to discard the body
     * @param budget limits the memory of all bodies together
     */
    RequestBody(Request request, int maxBytes, MemoryBudget budget) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.budget = budget;
    }

    /** The maximum body length, so that a text of {@code maxTextLength} code points fits in any encoding. */
    static int maxBytes(int maxTextLength) {
        return Math.max(MAX_BYTES, BYTES_PER_CHARACTER * maxTextLength + OVERHEAD);
    }

    /** Whether the request has a body (RFC 9112 section 6). */
    static boolean isExpected(Request request) {
        HttpFields fields = request.getHeaders();
        return request.getLength() > 0 || fields.contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Whether the body is longer than what would be read and discarded. */
    static boolean isTooLong(Request request) {
        return request.getLength() > MAX_DROPPED_BYTES;
    }

    /** @throws ProblemException 413 if the body is too long, according to the header */
    static void checkLength(Request request, int maxBytes) {
        if (request.getLength() > maxBytes) {
            throw tooLong(maxBytes);
        }
    }

    /**
     * Reads the body. Keeps the buffer until {@link #release}.
     *
     * @return fails with a {@link ProblemException} 413 (longer than {@code maxBytes}), 408 (not complete in time) or
     *     400 (malformed), with a {@link ChatException} 503 (budget exhausted), or with the failure of the connection;
     *     a discarded body may be longer
     */
    CompletableFuture<byte[]> read(Duration timeout) {
        Scheduler.Task deadline = request.getComponents()
                .getScheduler()
                .schedule(() -> fail(tooSlow()), timeout.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<byte[]> unused = whole.whenComplete((bytes, failure) -> deadline.cancel());
        run();
        return whole;
    }

    /** Releases the buffer, and discards everything that still arrives. Idempotent. */
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
                fail(new ChatException(
                        ErrorReason.UNAVAILABLE, "the server has too many incomplete requests: try again later"));
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

    /** Grows the buffer; false if the budget is exhausted. */
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

    /** Jetty reports a malformed body as an exception with a status. */
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
        return new ProblemException(HttpReason.REQUEST_TIMEOUT, "the body was not complete in time");
    }
}
