package chat.weir.command;

import chat.weir.history.AccountMessages;
import chat.weir.history.Author;
import chat.weir.history.EventDraft;
import chat.weir.history.LogEvent;
import chat.weir.history.LogPosition;
import chat.weir.history.MessageLog;
import chat.weir.history.Page;
import chat.weir.history.StoredMessage;
import chat.weir.history.Unread;
import chat.weir.protocol.ChannelId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** Blocks every call until a test releases it, and then throws. */
public final class StubMessageLog implements MessageLog {
    public final CountDownLatch asked = new CountDownLatch(1);
    public final CountDownLatch mayAnswer = new CountDownLatch(1);

    private IllegalStateException fault() {
        asked.countDown();
        try {
            mayAnswer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new IllegalStateException("a fault in the log");
    }

    @Override
    public void append(EventDraft draft) {
        throw fault();
    }

    @Override
    public Page before(ChannelId channel, long id, int limit) {
        throw fault();
    }

    @Override
    public Page after(ChannelId channel, long id, int limit) {
        throw fault();
    }

    @Override
    public Optional<List<LogEvent>> since(ChannelId channel, long seq, int max) {
        throw fault();
    }

    @Override
    public Optional<StoredMessage> find(ChannelId channel, long id) {
        throw fault();
    }

    @Override
    public List<ChannelId> channels(String after, int limit) {
        throw fault();
    }

    @Override
    public long lastId(ChannelId channel) {
        throw fault();
    }

    @Override
    public Unread unread(ChannelId channel, long id, Predicate<Author> isCounted) {
        throw fault();
    }

    @Override
    public List<ChannelId> privateChats(long account, String after, int limit) {
        throw fault();
    }

    @Override
    public AccountMessages messagesOf(long account, LogPosition after, int limit) {
        throw fault();
    }

    @Override
    public boolean removeSomeBefore(long id) {
        throw fault();
    }

    @Override
    public void close() {
        // No resources.
    }
}
