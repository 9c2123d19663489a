package chat.weir.connection;

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
import org.jspecify.annotations.Nullable;

/**
 * Who spoke in which channel under which name during the last ten minutes, so that a ban by name reaches a person who has
 * left or taken another name since. Of each it keeps the account, or the address of a guest; nothing of what was said.
 * Of two people who spoke one after the other under the same name only the latter is kept.
 *
 * <p>Holds at most a fixed number of entries, at about {@value #BYTES_EACH} bytes each; beyond that the oldest goes. A
 * message costs one look-up under the lock, and a change at most once a second for each speaker.
 *
 * <p>Threading: guarded by this.
 */
public final class RecentSpeakers {
    /** A key, an entry, and their place in the map, with a name and a channel id of usual length. */
    public static final int BYTES_EACH = 500;

    static final Duration KEPT = Duration.ofMinutes(10);
    private static final long REFRESH_NANOS = 1_000_000_000;

    private final int maxEntries;
    private final LongSupplier nanoTime;

    /** In the order of their times. */
    @GuardedBy("this")
    private final LinkedHashMap<Key, Speaker> speakers = new LinkedHashMap<>();

    private record Key(ChannelId channel, String name) {}

    private record Speaker(Author author, @Nullable String address, long atNanos) {
        boolean isSame(Author other, @Nullable String otherAddress) {
            return author.account() == other.account()
                    && (address == null ? otherAddress == null : address.equals(otherAddress));
        }

        Subject subject() {
            return author.account() > 0
                    ? new Subject.OfAccount(author.account(), author.name())
                    : new Subject.OfGuest(author.name(), address);
        }
    }

    public RecentSpeakers(int maxEntries, LongSupplier nanoTime) {
        this.maxEntries = maxEntries;
        this.nanoTime = nanoTime;
    }

    /** Somebody says something. */
    synchronized void record(ChannelId channel, Author author, Optional<String> address) {
        long now = nanoTime.getAsLong();
        Key key = new Key(channel, author.name().key());
        String from = address.orElse(null);
        Speaker known = speakers.get(key);
        if (known != null && now - known.atNanos() < REFRESH_NANOS && known.isSame(author, from)) {
            return;
        }
        speakers.remove(key);
        speakers.put(key, new Speaker(author, from, now));
        forgetOld(now);
        if (speakers.size() > maxEntries) {
            removeOldest();
        }
    }

    /** Who spoke there under a name; everywhere, a guest without an address if there were several. Goes through all. */
    synchronized Optional<Subject> find(Scope where, UserName name) {
        forgetOld(nanoTime.getAsLong());
        if (where instanceof Scope.InChannel in) {
            return Optional.ofNullable(speakers.get(new Key(in.channel(), name.key())))
                    .map(Speaker::subject);
        }
        List<Subject> all = speakers.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name.key()))
                .map(entry -> entry.getValue().subject())
                .distinct()
                .limit(2)
                .toList();
        return all.size() > 1
                ? Optional.of(new Subject.OfGuest(name, null))
                : all.stream().findFirst();
    }

    /** Forgets what is older than ten minutes; to be called now and then, since nobody may be speaking. */
    public synchronized void forgetOld() {
        forgetOld(nanoTime.getAsLong());
    }

    @GuardedBy("this")
    private void forgetOld(long nowNanos) {
        Iterator<Map.Entry<Key, Speaker>> oldest = speakers.entrySet().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().getValue().atNanos() > KEPT.toNanos()) {
            oldest.remove();
        }
    }

    @GuardedBy("this")
    private void removeOldest() {
        Iterator<Key> oldest = speakers.keySet().iterator();
        oldest.next();
        oldest.remove();
    }

    synchronized int size() {
        return speakers.size();
    }
}
