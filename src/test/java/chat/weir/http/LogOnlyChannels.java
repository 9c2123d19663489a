package chat.weir.http;

import chat.weir.enforcement.PeopleFinder;
import chat.weir.history.Author;
import chat.weir.history.ChangeDraft;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageLog;
import chat.weir.http.api.ChannelAccess;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Channels without connections; messages are only stored in the log. */
public final class LogOnlyChannels implements ChannelAccess, PeopleFinder {
    private static final int MAX_LISTED = 3;

    private final MessageLog log;
    private final List<String> present = new ArrayList<>();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final SortedMap<String, Integer> live = new TreeMap<>(Utf8Order.TEXTS);
    private final AtomicInteger lookUps = new AtomicInteger();
    private final AtomicReference<@Nullable String> coming = new AtomicReference<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<ServerEnvelope.Ack>> hold = new AtomicReference<>();

    public LogOnlyChannels(MessageLog log) {
        this.log = log;
    }

    private record LoggedDraft(
            ChannelId channel, Author author, String text, String ref, CompletableFuture<ServerEnvelope.Ack> ack)
            implements MessageDraft {
        @Override
        public void stored(long id, long timestamp) {
            ack.complete(new ServerEnvelope.Ack(id, timestamp, ref));
        }

        @Override
        public void failed(ChatException why) {
            ack.completeExceptionally(why);
        }
    }

    @Override
    public CompletableFuture<ServerEnvelope.Ack> publish(
            ChannelId channel, long key, UserName name, String text, @Nullable String ref) {
        RuntimeException fails = failure.getAndSet(null);
        if (fails != null) {
            return CompletableFuture.failedFuture(fails);
        }
        CompletableFuture<ServerEnvelope.Ack> held = hold.getAndSet(null);
        if (held != null) {
            return held;
        }
        CompletableFuture<ServerEnvelope.Ack> ack = new CompletableFuture<>();
        log.append(new LoggedDraft(channel, new Author(name, Author.BACKEND), text, ref == null ? "" : ref, ack));
        return ack;
    }

    private record LoggedChange(ChannelId channel, Author author, MessageChange change, CompletableFuture<Boolean> done)
            implements ChangeDraft {
        @Override
        public void stored(long seq, long timestamp) {
            done.complete(true);
        }

        @Override
        public void unchanged() {
            done.complete(true);
        }

        @Override
        public void failed(ChatException why) {
            done.completeExceptionally(why);
        }

        @Override
        public void storedAfterFailure(long seq, long timestamp) {
            throw new AssertionError("the log in memory is never in doubt");
        }
    }

    @Override
    public CompletableFuture<Boolean> change(ChannelId channel, Author author, MessageChange change) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        log.append(new LoggedChange(channel, author, change, done));
        return done;
    }

    /** Publishes a message of an account. @return its id */
    public long publish(ChannelId channel, Author author, String text) {
        CompletableFuture<ServerEnvelope.Ack> ack = new CompletableFuture<>();
        log.append(new LoggedDraft(channel, author, text, "", ack));
        return ack.join().id();
    }

    /** Makes the next message fail. */
    public void failOnce(RuntimeException why) {
        failure.set(why);
    }

    /** The next message is stored when the test completes the returned future. */
    public CompletableFuture<ServerEnvelope.Ack> holdOnce() {
        CompletableFuture<ServerEnvelope.Ack> ack = new CompletableFuture<>();
        hold.set(ack);
        return ack;
    }

    public void connect(String id, int connections) {
        live.put(id, connections);
    }

    @Override
    public ServerEnvelope.Users users(ChannelId channel) {
        List<UserName> names =
                present.stream().flatMap(name -> UserName.parse(name).stream()).toList();
        return new ServerEnvelope.Users(names.size() > MAX_LISTED ? null : names, names.size(), null);
    }

    /** Adds a user to all channels. */
    public void addUser(String name) {
        present.add(name);
    }

    /** Adds a guest with this name and address. */
    public void settle(String name, Scope where, String address) {
        addresses.put(where.text() + " " + name, address);
    }

    /** Removes the guest. */
    public void removeGuest(String name, Scope where) {
        addresses.remove(where.text() + " " + name);
    }

    @Override
    public boolean isUsedByAnother(UserName name, @Nullable String resume) {
        lookUps.incrementAndGet();
        if (name.key().equals(coming.getAndSet(null))) {
            setSecret(name.key(), "the secret of a guest who arrives later");
            return false;
        }
        return !Objects.equals(resume, secrets.getOrDefault(name.key(), resume));
    }

    /** Makes a guest take the name directly after the next check. */
    public void addGuestAfterNextLookUp(String name) {
        coming.set(name);
    }

    /** The number of searches for a name. */
    public int lookUps() {
        return lookUps.get();
    }

    /** Sets the secret of a guest. */
    public void setSecret(String name, String secret) {
        secrets.put(name, secret);
    }

    @Override
    public Optional<Subject> find(Scope where, UserName name) {
        lookUps.incrementAndGet();
        return Optional.ofNullable(addresses.get(where.text() + " " + name))
                .map(address -> new Subject.OfGuest(name, address));
    }

    @Override
    public Subject findAsGuest(Scope where, UserName name) {
        return new Subject.OfGuest(name, null);
    }

    @Override
    public SortedMap<String, Integer> live(String after, int limit) {
        SortedMap<String, Integer> page = new TreeMap<>(Utf8Order.TEXTS);
        live.tailMap(after + "\0").entrySet().stream()
                .limit(limit)
                .forEach(entry -> page.put(entry.getKey(), entry.getValue()));
        return page;
    }
}
