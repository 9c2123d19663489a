package chat.weir.enforcement;

import chat.weir.history.Author;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for ten minutes who sent messages in which channel under which name, so that a ban by name reaches a user
 * who has left or changed their name. Stores the account, or the address of a guest, but no texts. If two users send
 * messages under the same name, only the later one is kept.
 *
 * <p>Has a maximum number of entries of about {@value #BYTES_EACH} bytes; beyond it, the oldest is evicted. A message
 * costs one lookup under the lock, and at most one update per second and sender.
 *
 * <p>Threading: guarded by this.
 */
public final class RecentSenders {
    /** A key, an entry, and their map entry, with a name and a channel id of typical length. */
    public static final int BYTES_EACH = 500;

    static final Duration RETENTION = Duration.ofMinutes(10);
    private static final long REFRESH_NANOS = 1_000_000_000;

    private final int maxEntries;
    private final LongSupplier nanoTime;

    /** Oldest first. */
    @GuardedBy("this")
    private final LinkedHashMap<Key, Sender> senders = new LinkedHashMap<>();

    private record Key(ChannelId channel, String name) {}

    private record Sender(Author author, @Nullable String address, long atNanos) {
        boolean isSame(Author other, @Nullable String otherAddress) {
            return author.account() == other.account()
                    && (address == null ? otherAddress == null : address.equals(otherAddress));
        }

        boolean isGuest() {
            return author.account() <= 0;
        }
    }

    public RecentSenders(int maxEntries, LongSupplier nanoTime) {
        this.maxEntries = maxEntries;
        this.nanoTime = nanoTime;
    }

    /** Records the sender of a message. */
    public synchronized void record(ChannelId channel, Author author, Optional<String> address) {
        long now = nanoTime.getAsLong();
        Key key = new Key(channel, author.name().key());
        String from = address.orElse(null);
        Sender previous = senders.get(key);
        if (previous != null && now - previous.atNanos() < REFRESH_NANOS && previous.isSame(author, from)) {
            return;
        }
        senders.remove(key);
        senders.put(key, new Sender(author, from, now));
        forgetOld(now);
        if (senders.size() > maxEntries) {
            removeOldest();
        }
    }

    /**
     * The sender with this name. With scope everywhere, a guest without an address if there are several. Visits all
     * entries.
     */
    synchronized Optional<Subject> find(Scope where, UserName name) {
        List<Sender> found = senders(where, name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Author first = found.get(0).author();
        if (found.stream()
                .allMatch(sender -> !sender.isGuest() && sender.author().account() == first.account())) {
            return Optional.of(new Subject.OfAccount(first.account(), first.name()));
        }
        return Optional.of(
                found.stream().allMatch(Sender::isGuest) ? asGuest(name, found) : new Subject.OfGuest(name, null));
    }

    /** Like {@link #find}, but always a guest, even if an account sent the messages. */
    synchronized Subject findAsGuest(Scope where, UserName name) {
        return asGuest(name, senders(where, name));
    }

    private static Subject asGuest(UserName name, List<Sender> found) {
        return Subject.OfGuest.foundAt(
                name,
                found.stream().map(Sender::address).flatMap(Stream::ofNullable).toList());
    }

    @GuardedBy("this")
    private List<Sender> senders(Scope where, UserName name) {
        forgetOld(nanoTime.getAsLong());
        if (where instanceof Scope.InChannel in) {
            return Stream.ofNullable(senders.get(new Key(in.channel(), name.key())))
                    .toList();
        }
        return senders.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name.key()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Removes entries older than ten minutes. Must be called periodically, in case no messages are sent. */
    public synchronized void forgetOld() {
        forgetOld(nanoTime.getAsLong());
    }

    @GuardedBy("this")
    private void forgetOld(long nowNanos) {
        Iterator<Map.Entry<Key, Sender>> oldest = senders.entrySet().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().getValue().atNanos() > RETENTION.toNanos()) {
            oldest.remove();
        }
    }

    @GuardedBy("this")
    private void removeOldest() {
        Iterator<Key> oldest = senders.keySet().iterator();
        oldest.next();
        oldest.remove();
    }

    synchronized int size() {
        return senders.size();
    }
}
