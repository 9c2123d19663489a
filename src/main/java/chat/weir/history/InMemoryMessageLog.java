package chat.weir.history;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.Reactions;
import chat.weir.protocol.Utf8Order;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest messages of each channel in memory, up to a total number of bytes. Beyond that, it evicts the
 * channel whose last message is oldest.
 *
 * <p>All channels share one id sequence. Therefore the largest evicted id tells up to which point any channel without
 * an entry may be incomplete, and nothing needs to be kept for an evicted channel.
 *
 * <p>{@link #append} calls {@link EventDraft#stored} synchronously. Messages of a channel are reported in the order
 * of their ids only if their appends are serialised by a lock of the caller.
 *
 * <p>Threading: safe; the state is guarded by this, and no draft is called while the lock is held.
 */
public final class InMemoryMessageLog implements MessageLog {
    /** The overhead of a channel besides its messages. */
    private static final int CHANNEL_BYTES = 1_000;

    private final MessageIdGenerator ids;
    private final long maxBytes;

    /** In the order of their latest message. */
    @GuardedBy("this")
    private final Map<ChannelId, RecentMessages> channels = new LinkedHashMap<>();

    /** The channel with the newest message: the last entry. */
    @GuardedBy("this")
    private @Nullable RecentMessages latest;

    @GuardedBy("this")
    private long bytes;

    /** For channels without an entry, it is unknown whether there were messages up to this id. */
    @GuardedBy("this")
    private long forgottenUpTo;

    private volatile boolean closed;

    /** @param maxBytes estimated heap size of all messages together */
    public InMemoryMessageLog(Clock clock, long maxBytes) {
        this.ids = new MessageIdGenerator(clock);
        this.maxBytes = maxBytes;
        // The messages of an earlier process are unknown.
        this.forgottenUpTo = ids.next().id();
    }

    @Override
    public void append(EventDraft draft) {
        if (closed) {
            throw new ChatException(
                    ErrorReason.UNAVAILABLE,
                    "the server is shutting down and did not deliver the " + draft.noun() + ": try again");
        }
        if (draft instanceof ChangeDraft change) {
            change(change);
        } else if (draft instanceof MessageDraft message) {
            message(message);
        }
    }

    private void message(MessageDraft draft) {
        MessageIdGenerator.Stamp stamp;
        try {
            stamp = store(draft);
        } catch (ChatException e) {
            draft.failed(e);
            return;
        }
        draft.stored(stamp.id(), stamp.timestamp());
    }

    private void change(ChangeDraft draft) {
        StoredChange stored;
        try {
            stored = store(draft);
        } catch (ChatException e) {
            draft.failed(e);
            return;
        }
        if (stored == null) {
            draft.unchanged();
        } else {
            draft.stored(stored.seq(), stored.timestamp());
        }
    }

    /** @return null: nothing has changed */
    private synchronized @Nullable StoredChange store(ChangeDraft draft) {
        RecentMessages recent = recent(draft.channel());
        // Also checked here, so that a channel without messages is not added.
        StoredMessage unused = recent.require(draft.change().message());
        MessageIdGenerator.Stamp stamp = ids.next();
        StoredChange event = new StoredChange(stamp.id(), stamp.timestamp(), draft.author(), draft.change());
        long before = recent.bytes();
        boolean changed = recent.apply(event);
        bytes += recent.bytes() - before;
        if (!changed) {
            return null;
        }
        RecentMessages unusedSame = touch(draft.channel());
        if (bytes > maxBytes) {
            evictOldest();
        }
        return event;
    }

    /** Assigns the id under the lock, so that eviction order equals id order. */
    private synchronized MessageIdGenerator.Stamp store(MessageDraft draft) {
        if (draft.replyTo() != StoredMessage.NONE) {
            StoredMessage unused = recent(draft.channel()).require(draft.replyTo());
        }
        MessageIdGenerator.Stamp stamp = ids.next();
        RecentMessages recent = touch(draft.channel());
        bytes -= recent.bytes();
        recent.add(new StoredMessage(
                stamp.id(),
                stamp.timestamp(),
                draft.author(),
                draft.text(),
                draft.replyTo(),
                StoredMessage.NONE,
                Reactions.NONE));
        bytes += recent.bytes();
        if (bytes > maxBytes) {
            evictOldest();
        }
        return stamp;
    }

    /** The messages of the channel, which becomes the last to be evicted. */
    @GuardedBy("this")
    private RecentMessages touch(ChannelId channel) {
        RecentMessages recent = channels.get(channel);
        if (recent == null) {
            recent = new RecentMessages(forgottenUpTo);
            bytes += CHANNEL_BYTES;
            channels.put(channel, recent);
        } else if (recent != latest) {
            channels.remove(channel);
            channels.put(channel, recent);
        }
        latest = recent;
        return recent;
    }

    @GuardedBy("this")
    private void evictOldest() {
        Iterator<RecentMessages> oldestFirst = channels.values().iterator();
        while (bytes > maxBytes && oldestFirst.hasNext()) {
            RecentMessages recent = oldestFirst.next();
            if (recent == latest) {
                return;
            }
            oldestFirst.remove();
            bytes -= recent.bytes() + CHANNEL_BYTES;
            forgottenUpTo = Math.max(forgottenUpTo, recent.last());
        }
    }

    @Override
    public synchronized Page before(ChannelId channel, long id, int limit) {
        return recent(channel).before(id, limit);
    }

    @Override
    public synchronized Page after(ChannelId channel, long id, int limit) {
        return recent(channel).after(id, limit);
    }

    /** A number above the latest one comes from an earlier process, and the clock was set back since. */
    @Override
    public synchronized Optional<List<LogEvent>> since(ChannelId channel, long seq, int max) {
        RecentMessages recent = recent(channel);
        if (seq < recent.droppedUpTo() || seq > ids.last()) {
            return Optional.empty();
        }
        List<LogEvent> events = recent.eventsAfter(seq, max);
        return events.size() > max ? Optional.empty() : Optional.of(events);
    }

    @Override
    public synchronized Optional<StoredMessage> find(ChannelId channel, long id) {
        return recent(channel).find(id);
    }

    @GuardedBy("this")
    private RecentMessages recent(ChannelId channel) {
        RecentMessages recent = channels.get(channel);
        return recent == null ? new RecentMessages(forgottenUpTo) : recent;
    }

    /** Removes all messages of a channel: the channel can no longer be joined, or all of them are too old. */
    public synchronized void forget(ChannelId channel) {
        RecentMessages recent = channels.remove(channel);
        if (recent != null) {
            bytes -= recent.bytes() + CHANNEL_BYTES;
            forgottenUpTo = Math.max(forgottenUpTo, recent.last());
            latest = recent == latest ? null : latest;
        }
    }

    @Override
    public AccountMessages messagesOf(long account, LogPosition after, int limit) {
        List<AccountMessages.Found> found = new ArrayList<>();
        for (ChannelId channel : list(id -> true, "", Integer.MAX_VALUE)) {
            int order = Utf8Order.TEXTS.compare(channel.value(), after.channel());
            if (order >= 0) {
                found.addAll(of(channel, account, order == 0 ? after.id() : 0));
            }
            if (found.size() >= limit) {
                List<AccountMessages.Found> part = found.subList(0, limit);
                AccountMessages.Found last = part.get(limit - 1);
                return new AccountMessages(
                        part, Optional.of(new LogPosition(last.channel().value(), last.id())));
            }
        }
        return new AccountMessages(found, Optional.empty());
    }

    private synchronized List<AccountMessages.Found> of(ChannelId channel, long account, long after) {
        return recent(channel).after(after, RecentMessages.MAX).messages().stream()
                .filter(message -> message.author().account() == account)
                .map(message -> new AccountMessages.Found(channel, message.id(), message.author()))
                .toList();
    }

    /** Takes the lock for each channel anew. Removes all: the log is bounded. */
    @Override
    public boolean removeSomeBefore(long id) {
        known().forEach(channel -> removeBefore(channel, id));
        return false;
    }

    private synchronized void removeBefore(ChannelId channel, long id) {
        RecentMessages recent = channels.get(channel);
        if (recent == null) {
            return;
        }
        if (recent.last() < id) {
            forget(channel);
            return;
        }
        bytes -= recent.bytes();
        recent.removeBefore(id);
        bytes += recent.bytes();
    }

    /** Without an entry, the result may be the id of another channel: a larger id than any that the channel has given. */
    @Override
    public synchronized long lastId(ChannelId channel) {
        return recent(channel).last();
    }

    @Override
    public synchronized Unread unread(ChannelId channel, long id, Predicate<Author> isCounted) {
        return recent(channel).unread(id, isCounted);
    }

    @Override
    public List<ChannelId> privateChats(long account, String after, int limit) {
        return list(channel -> channel.partner(account).isPresent(), after, limit);
    }

    @Override
    public List<ChannelId> channels(String after, int limit) {
        return list(channel -> !channel.isPrivate(), after, limit);
    }

    private synchronized List<ChannelId> known() {
        return List.copyOf(channels.keySet());
    }

    private List<ChannelId> list(Predicate<ChannelId> isListed, String after, int limit) {
        return known().stream()
                .filter(isListed)
                .filter(channel -> Utf8Order.TEXTS.compare(channel.value(), after) > 0)
                .sorted(Utf8Order.CHANNELS)
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {
        closed = true;
    }
}
