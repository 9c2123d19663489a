package chat.weir;

import chat.weir.account.MessageDeletions;
import chat.weir.history.AccountMessages;
import chat.weir.history.LogPosition;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageLog;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.worker.BackgroundTask;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the messages of accounts that were deleted together with their messages. Each deletion is published as if the
 * author had deleted the message, a few at a time. After a restart it continues where it was.
 *
 * <p>Threading: safe.
 */
final class AccountMessageDeletion implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccountMessageDeletion.class);
    private static final long EVERY_SECONDS = 10;

    /** Few, because the members of a channel receive each, and the messages of others are stored after them. */
    private static final int BATCH = 50;

    /** A last resort: storing has shorter timeouts of its own. */
    private static final long TIMEOUT_SECONDS = 15;

    private final MessageDeletions deletions;
    private final MessageLog messages;
    private final ChannelsForHttp channels;
    private final BackgroundTask task = new BackgroundTask("message deletion", this::step);

    AccountMessageDeletion(MessageDeletions deletions, MessageLog messages, ChannelsForHttp channels) {
        this.deletions = deletions;
        this.messages = messages;
        this.channels = channels;
    }

    void start(ScheduledExecutorService scheduler) {
        task.start();
        Future<?> unused = scheduler.scheduleWithFixedDelay(task::wake, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private boolean step() {
        Optional<MessageDeletions.Deletion> next = deletions.next();
        next.ifPresent(this::continueDeletion);
        return next.isPresent();
    }

    private void continueDeletion(MessageDeletions.Deletion deletion) {
        long account = deletion.account();
        AccountMessages part =
                messages.messagesOf(account, new LogPosition(deletion.channel(), deletion.message()), BATCH);
        delete(part.found());
        part.next()
                .ifPresentOrElse(
                        position -> deletions.advance(
                                new MessageDeletions.Deletion(account, position.channel(), position.id())),
                        () -> {
                            deletions.finish(account);
                            log.info("all messages of a deleted account are deleted");
                        });
    }

    /** Deletes the messages, and waits until that is stored. @throws ChatException if that is not possible now */
    private void delete(List<AccountMessages.Found> found) {
        List<CompletableFuture<Boolean>> outcomes = found.stream()
                .map(message ->
                        channels.change(message.channel(), message.author(), new MessageChange.Delete(message.id())))
                .toList();
        outcomes.forEach(AccountMessageDeletion::await);
    }

    /** A message that does not exist any more is deleted. */
    private static void await(CompletableFuture<Boolean> outcome) {
        try {
            boolean unused = outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ChatException refused)) {
                throw new IllegalStateException("deleting a message failed", e);
            }
            if (refused.reason() != ErrorReason.NO_SUCH_MESSAGE) {
                throw refused;
            }
        } catch (TimeoutException e) {
            throw new ChatException(ErrorReason.UNAVAILABLE, "storing takes too long");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(ErrorReason.UNAVAILABLE, "the server is shutting down");
        }
    }

    /** Ends after the current step. */
    @Override
    public void close() {
        task.close();
    }
}
