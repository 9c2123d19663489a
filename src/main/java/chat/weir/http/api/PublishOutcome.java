package chat.weir.http.api;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until a message or a change is stored. */
final class PublishOutcome {
    /** A last resort: storing has shorter timeouts of its own. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private PublishOutcome() {}

    /**
     * Waits.
     *
     * @param advice what is safe to do if the outcome is unknown
     * @throws ChatException if it is not stored, or that is unknown
     */
    static <T> T await(CompletableFuture<T> said, String advice) {
        try {
            return said.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatException reply) {
                throw reply;
            }
            throw new IllegalStateException("publishing failed", e);
        } catch (TimeoutException e) {
            throw new ChatException(ErrorReason.UNAVAILABLE, "storing takes too long; it is safe to " + advice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(ErrorReason.UNAVAILABLE, "the server is shutting down");
        }
    }
}
