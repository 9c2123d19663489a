package chat.weir.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The expected state of the server, computed from the users' actions and the passing seconds by the rules of the
 * protocol. The expected notifications of a change follow from the users present before and after it.
 *
 * <p>Time is in whole seconds. All actions happen one hundredth of a second after a full second, and all heartbeats
 * between that and the next, so a timeout of five seconds always ends within the sixth.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Model {
    /** The heartbeat timeout, the identity grace and the typing timeout. */
    private static final int TIMEOUT_SECONDS = 5;

    private final int listLimit;
    private final Map<String, ModelChannel> channels = new LinkedHashMap<>();
    private final List<ModelConnection> connections = new ArrayList<>();
    private final Set<ModelConnection> timingOut = new HashSet<>();

    /**
     * Names of which several connections time out in the same second. Their order is not defined, and the one that
     * times out first is notified when the last one leaves.
     */
    private final Set<String> timingOutTogether = new HashSet<>();

    /** Channels where the order of heartbeats decides whether the list limit is exceeded. */
    private final Set<ModelChannel> uncertain = new HashSet<>();

    private final Set<ModelChannel> changed = new HashSet<>();
    private int now;

    /** By channel. The server keeps the messages of accounts' private chats when both have left. */
    private final Map<String, ModelLog> logs = new HashMap<>();

    private final boolean isInMemory;
    private final long startSecond;

    /** @param startSecond the server's time when the simulation begins, in Unix seconds */
    Model(SimulationConfig config, long startSecond) {
        this.listLimit = config.listLimit();
        this.isInMemory = config.isInMemory();
        this.startSecond = startSecond;
    }

    /** The server's time in Unix seconds. */
    long unixSecond() {
        return startSecond + now;
    }

    int now() {
        return now;
    }

    List<ModelConnection> connections() {
        return connections;
    }

    Collection<ModelChannel> channels() {
        return channels.values();
    }

    ModelChannel channel(String id) {
        ModelChannel channel = channels.get(id);
        if (channel == null) {
            boolean isInMemoryOnly = isInMemory || isEphemeral(id);
            channel = new ModelChannel(id, logs.computeIfAbsent(id, key -> new ModelLog(isInMemoryOnly)));
            channels.put(id, channel);
        }
        return channel;
    }

    /** Whether it is a private chat with a guest. */
    private static boolean isEphemeral(String id) {
        return id.startsWith("@") && !id.contains("-");
    }

    boolean exists(String id) {
        return channels.containsKey(id);
    }

    /** Adds a connection, which joins its URL's channel. */
    void connect(ModelConnection connection) {
        connections.add(connection);
        connection.lastHeartbeatAt = now;
        join(connection, connection.client.ownChannel());
    }

    /** Joins a channel, where the connection's name must be free. */
    void join(ModelConnection connection, String id) {
        if (connection.channels.containsKey(id)) {
            return;
        }
        ModelChannel channel = channel(id);
        if (connection.name != null) {
            takeReleasedName(connection, channel, ChannelView.key(connection.name));
        }
        apply(Set.of(channel), connection, () -> {
            connection.channels.put(id, new ExpectedEvents());
            connection.knownAfter.put(id, channel.log.last());
            channel.connections.add(connection);
        });
    }

    private void takeReleasedName(ModelConnection connection, ModelChannel channel, String key) {
        ModelChannel.ReleasedName released = channel.released.remove(key);
        boolean isSame =
                released != null && released.isKnown(now) && Objects.equals(released.identity(), connection.identity);
        connection.namedIn.put(channel.id, released != null && isSame ? released.since() : now);
    }

    void leave(ModelConnection connection, String id) {
        ModelChannel channel = channel(id);
        recordReleasedName(connection, channel);
        apply(Set.of(channel), connection, () -> removeMember(connection, channel));
        removeIfEnded(channel);
    }

    private static void removeMember(ModelConnection connection, ModelChannel channel) {
        connection.channels.remove(channel.id);
        channel.connections.remove(connection);
    }

    private void removeIfEnded(ModelChannel channel) {
        if (channel.connections.isEmpty() && channel.isPrivate()) {
            channels.remove(channel.id);
            if (isEphemeral(channel.id)) {
                logs.remove(channel.id);
            }
        }
    }

    /** Removes a connection. */
    void disconnect(ModelConnection connection) {
        loseName(connection, true);
        List.copyOf(channelsOf(connection)).forEach(channel -> leave(connection, channel.id));
        connections.remove(connection);
    }

    List<ModelChannel> channelsOf(ModelConnection connection) {
        return connection.channels.keySet().stream().map(this::channel).toList();
    }

    /**
     * Makes a connection anonymous, which also leaves all private chats.
     *
     * @param resumable whether the name may be resumed
     */
    void loseName(ModelConnection connection, boolean resumable) {
        if (connection.name == null) {
            return;
        }
        if (resumable) {
            channelsOf(connection).forEach(channel -> recordReleasedName(connection, channel));
        }
        List<ModelChannel> all = channelsOf(connection);
        apply(all, connection, () -> {
            connection.name = null;
            connection.confirmed = false;
            connection.identity = null;
            connection.secret = null;
            all.stream().filter(ModelChannel::isPrivate).forEach(channel -> removeMember(connection, channel));
        });
        all.forEach(this::removeIfEnded);
        if (connection.loggedIn && !resumable) {
            connection.clearBlocks();
        }
        connection.loggedIn = false;
        connection.client.invalidateUsers();
    }

    private void recordReleasedName(ModelConnection connection, ModelChannel channel) {
        if (connection.name != null && !connection.loggedIn) {
            String secret = channel.id.equals(connection.client.ownChannel()) ? connection.secret : null;
            channel.released.put(
                    ChannelView.key(connection.name),
                    new ModelChannel.ReleasedName(
                            secret,
                            connection.identity,
                            connection.confirmed,
                            connection.namedIn.getOrDefault(channel.id, now),
                            now));
        }
    }

    /** Applies a change, and records the events that the other members of these channels should receive. */
    void apply(Collection<ModelChannel> affected, ModelConnection actor, Runnable change) {
        Map<ModelChannel, SortedMap<String, String>> before = new LinkedHashMap<>();
        affected.forEach(channel -> before.put(channel, channel.present()));
        String name = actor.visibleName();
        change.run();
        before.forEach((channel, present) -> {
            boolean hasLeft = !channel.connections.contains(actor) || !Objects.equals(name, actor.visibleName());
            if (name != null && hasLeft) {
                endTyping(channel, ChannelView.key(name), actor);
            }
            compare(channel, present, actor);
        });
    }

    private void compare(ModelChannel channel, SortedMap<String, String> before, ModelConnection actor) {
        SortedMap<String, String> after = channel.present();
        Set<String> left = new LinkedHashSet<>(before.values());
        left.removeAll(after.values());
        Set<String> joined = new LinkedHashSet<>(after.values());
        joined.removeAll(before.values());
        if (left.isEmpty() && joined.isEmpty()) {
            return;
        }
        changed.add(channel);
        channel.listing = channel.connections.isEmpty() ? ModelChannel.Listing.UNCERTAIN : ModelChannel.Listing.DUE;
        if (after.size() <= listLimit || uncertain.contains(channel)) {
            String from = String.join(",", left);
            String to = String.join(",", joined);
            String text =
                    joined.isEmpty() ? "left " + from : left.isEmpty() ? "joined " + to : "renamed " + from + " " + to;
            notifyMembers(channel, new Event(text, joined.isEmpty() ? from : to, false), actor);
        }
    }

    /** @param blockable whether users who block {@code user} do not receive the event */
    private record Event(String text, String user, boolean blockable) {}

    private void notifyMembers(ModelChannel channel, Event event, @Nullable ModelConnection actor) {
        String key = ChannelView.key(event.user());
        for (ModelConnection connection : channel.connections) {
            boolean isBlocked = event.blockable() && connection.blocked.contains(key);
            // Typing on another connection of the account may expire in the same second.
            boolean mayTimeOutFirst =
                    timingOut.contains(connection) && (timingOutTogether.contains(key) || event.blockable());
            boolean isSelf = (connection.equals(actor) || connection.hasName(key)) && !mayTimeOutFirst;
            if (!isSelf && !isBlocked) {
                boolean isCertain =
                        !timingOut.contains(connection) && (event.blockable() || !uncertain.contains(channel));
                expected(connection, channel).event(event.text(), isCertain);
            }
        }
    }

    static ExpectedEvents expected(ModelConnection connection, ModelChannel channel) {
        ExpectedEvents expected = connection.channels.get(channel.id);
        if (expected == null) {
            throw new IllegalStateException(connection + " is not in " + channel.id);
        }
        return expected;
    }

    void startTyping(ModelConnection connection, ModelChannel channel, String name) {
        if (channel.typists.put(ChannelView.key(name), new ModelChannel.Typist(name, connection, now)) == null) {
            notifyMembers(channel, new Event("typing " + name, name, true), connection);
        }
    }

    /** @param on only if the user was typing on this connection; null for any connection */
    void endTyping(ModelChannel channel, String key, @Nullable ModelConnection on) {
        ModelChannel.Typist typist = channel.typists.get(key);
        if (typist != null && (on == null || on.equals(typist.connection()))) {
            channel.typists.remove(key);
            notifyMembers(channel, new Event("doneTyping " + typist.name(), typist.name(), true), on);
        }
    }

    /** @param account of the author; null: a guest */
    void addMessage(ModelChannel channel, MessageEvent message, @Nullable SimulatedUser account) {
        endTyping(channel, ChannelView.key(message.user()), null);
        channel.log.add(message, account, now);
        deliver(channel, message);
    }

    /** Applies a change that has an effect. */
    void change(ModelChannel channel, MessageEvent change) {
        channel.log.apply(change);
        deliver(channel, change);
    }

    private static void deliver(ModelChannel channel, MessageEvent event) {
        for (ModelConnection connection : channel.connections) {
            if (!connection.hasBlocked(event)) {
                expected(connection, channel).message(event);
            }
        }
    }

    /** Advances by one second, with one heartbeat per connection. */
    void tick() {
        changed.clear();
        List<ModelConnection> newlyConfirmed = new ArrayList<>();
        for (ModelConnection connection : connections) {
            if (connection.name != null && now - connection.lastHeartbeatAt >= TIMEOUT_SECONDS) {
                timingOut.add(connection);
            } else if (connection.name != null
                    && !connection.confirmed
                    && now - connection.namedAt >= TIMEOUT_SECONDS) {
                newlyConfirmed.add(connection);
            }
        }
        Set<String> timedOutNames = new HashSet<>();
        timingOut.stream()
                .map(connection -> ChannelView.key(String.valueOf(connection.name)))
                .filter(key -> !timedOutNames.add(key))
                .forEach(timingOutTogether::add);
        channels.values().stream()
                .filter(channel -> isUncertain(channel, newlyConfirmed))
                .forEach(uncertain::add);
        for (ModelChannel channel : channels.values()) {
            List.copyOf(channel.typists.values()).stream()
                    .filter(typist -> now - typist.since() >= TIMEOUT_SECONDS)
                    .forEach(typist -> endTyping(channel, ChannelView.key(typist.name()), null));
        }
        connections.stream().filter(timingOut::contains).toList().forEach(connection -> loseName(connection, true));
        newlyConfirmed.forEach(connection -> {
            apply(channelsOf(connection), connection, () -> connection.confirmed = true);
            connection.client.invalidateUsers();
        });
        timingOut.clear();
        timingOutTogether.clear();
        uncertain.clear();
        now++;
    }

    private boolean isUncertain(ModelChannel channel, List<ModelConnection> newlyConfirmed) {
        int present = channel.present().size();
        long up = newlyConfirmed.stream().filter(channel.connections::contains).count();
        long down = timingOut.stream().filter(channel.connections::contains).count();
        boolean isNeverOver = present + up <= listLimit;
        boolean isAlwaysOver = present - down > listLimit;
        return !isNeverOver && !isAlwaysOver;
    }

    /** Whether the users of a channel have changed since the start of the last second. */
    boolean hasChanged(ModelChannel channel) {
        return changed.contains(channel);
    }
}
