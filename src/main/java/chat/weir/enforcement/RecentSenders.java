package chat.weir.enforcement;

import chat.weir.history.Author;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
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
 * Who spoke in which channel under which name during the last ten minutes, so that a ban by name reaches a person who
 * has left or taken another name since. Of each it keeps the account, or the address of a guest; nothing of what was
 * said. Of two people who spoke one after the other under the same name only the latter is kept.
 *
 * <p>Holds at most a fixed number of entries, at about {@value #BYTES_EACH} bytes each; beyond that the oldest goes. A
 * message costs one look-up under the lock, and a change at most once a second for each sender.
 *
 * <p>Threading: guarded by this.
 */
public final class RecentSenders {
    /** A key, an entry, and their place in the map, with a name and a channel id of usual length. */
    public static final int BYTES_EACH = 500;

    static final Duration KEPT = Duration.ofMinutes(10);
    private static final long REFRESH_NANOS = 1_000_000_000;

    private final int maxEntries;
    private final LongSupplier nanoTime;

    /** In the order of their times. */
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

    /** Somebody says something. */
    public synchronized void record(ChannelId channel, Author author, Optional<String> address) {
        long now = nanoTime.getAsLong();
        Key key = new Key(channel, author.name().key());
        String from = address.orElse(null);
        Sender known = senders.get(key);
        if (known != null && now - known.atNanos() < REFRESH_NANOS && known.isSame(author, from)) {
            return;
        }
        senders.remove(key);
        senders.put(key, new Sender(author, from, now));
        forgetOld(now);
        if (senders.size() > maxEntries) {
            removeOldest();
        }
    }

    /** Who spoke there under a name; everywhere, a guest without an address if there were several. Goes through all. */
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

    /** As a guest, whoever it was. */
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

    /** Forgets what is older than ten minutes; to be called now and then, since nobody may be speaking. */
    public synchronized void forgetOld() {
        forgetOld(nanoTime.getAsLong());
    }

    @GuardedBy("this")
    private void forgetOld(long nowNanos) {
        Iterator<Map.Entry<Key, Sender>> oldest = senders.entrySet().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().getValue().atNanos() > KEPT.toNanos()) {
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
