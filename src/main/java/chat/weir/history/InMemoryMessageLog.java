package chat.weir.history;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.Utf8Order;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest messages of each channel for as long as the process lives, and of all channels together no more than
 * a number of bytes: beyond it, the channel in which nothing was said for longest is forgotten.
 *
 * <p>Ids are of one sequence for all channels. So the largest id that was ever dropped with a channel tells of any
 * channel that is not here what may be missing, and nothing has to be kept of a channel that was forgotten.
 *
 * <p>{@link #append} calls {@link MessageDraft#stored} within itself: messages of a channel that are appended under one
 * lock are stored in the order of their ids, those of a channel that several threads append to without one may not be.
 *
 * <p>Threading: safe; what is kept is guarded by this, and no draft is called while the lock is held.
 */
public final class InMemoryMessageLog implements MessageLog {
    /** Of a channel, beside its messages. */
    private static final int CHANNEL_BYTES = 1_000;

    private final MessageIdGenerator ids;
    private final long maxBytes;

    /** In the order in which something was last said in them. */
    @GuardedBy("this")
    private final Map<ChannelId, RecentMessages> channels = new LinkedHashMap<>();

    /** Of the channel that is last in the order. */
    @GuardedBy("this")
    private @Nullable RecentMessages latest;

    @GuardedBy("this")
    private long bytes;

    /** Of messages up to this id, in channels that are not here, it is not known whether there were any. */
    @GuardedBy("this")
    private long forgottenUpTo;

    private volatile boolean closed;

    /** @param maxBytes that all messages together may take, estimated */
    public InMemoryMessageLog(Clock clock, long maxBytes) {
        this.ids = new MessageIdGenerator(clock);
        this.maxBytes = maxBytes;
        // What an earlier process said is not known here.
        this.forgottenUpTo = ids.next().id();
    }

    @Override
    public void append(MessageDraft draft) {
        if (closed) {
            throw new ChatException(ErrorReason.UNAVAILABLE, "the server is going away: nobody saw this, try again");
        }
        MessageIdGenerator.Stamp stamp = keep(draft);
        draft.stored(stamp.id(), stamp.timestamp());
    }

    /** Gives the id under the lock, so that what is dropped first has the lowest. */
    private synchronized MessageIdGenerator.Stamp keep(MessageDraft draft) {
        MessageIdGenerator.Stamp stamp = ids.next();
        RecentMessages recent = latest(draft.channel());
        bytes -= recent.bytes();
        recent.add(new StoredMessage(stamp.id(), stamp.timestamp(), draft.author(), draft.text()));
        bytes += recent.bytes();
        if (bytes > maxBytes) {
            forgetOldest();
        }
        return stamp;
    }

    /** Those of this channel, which becomes the last to be forgotten. */
    @GuardedBy("this")
    private RecentMessages latest(ChannelId channel) {
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
    private void forgetOldest() {
        Iterator<RecentMessages> longestSilentFirst = channels.values().iterator();
        while (bytes > maxBytes && longestSilentFirst.hasNext()) {
            RecentMessages recent = longestSilentFirst.next();
            if (recent == latest) {
                return;
            }
            longestSilentFirst.remove();
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

    /** An id above all that this process has given is of an earlier one, before the clock was set back. */
    @Override
    public synchronized Optional<List<StoredMessage>> since(ChannelId channel, long id, int max) {
        RecentMessages recent = recent(channel);
        if (id < recent.droppedUpTo() || id > ids.last()) {
            return Optional.empty();
        }
        Page page = recent.after(id, max);
        return page.hasMore() ? Optional.empty() : Optional.of(page.messages());
    }

    @Override
    public synchronized Optional<StoredMessage> find(ChannelId channel, long id) {
        return recent(channel).find(id);
    }

    @Override
    public synchronized boolean delete(ChannelId channel, long id) {
        RecentMessages recent = recent(channel);
        long before = recent.bytes();
        boolean deleted = recent.delete(id);
        bytes += recent.bytes() - before;
        return deleted;
    }

    @GuardedBy("this")
    private RecentMessages recent(ChannelId channel) {
        RecentMessages recent = channels.get(channel);
        return recent == null ? new RecentMessages(forgottenUpTo) : recent;
    }

    /** Nobody can enter the channel any more. */
    public synchronized void forget(ChannelId channel) {
        RecentMessages recent = channels.remove(channel);
        if (recent != null) {
            bytes -= recent.bytes() + CHANNEL_BYTES;
            forgottenUpTo = Math.max(forgottenUpTo, recent.last());
            latest = recent == latest ? null : latest;
        }
    }

    @Override
    public List<ChannelId> channels(String after, int limit) {
        List<ChannelId> known;
        synchronized (this) {
            known = List.copyOf(channels.keySet());
        }
        return known.stream()
                .filter(channel -> !channel.isPrivate())
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
