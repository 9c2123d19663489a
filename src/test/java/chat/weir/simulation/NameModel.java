package chat.weir.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The expected outcome of name requests and logins.
 *
 * <p>Threading: confined to the test's thread.
 */
final class NameModel {
    private final Model model;

    NameModel(Model model) {
        this.model = model;
    }

    /**
     * The outcome of a name request.
     *
     * @param replaced the connection that the server closes, or null
     */
    record Outcome(boolean granted, @Nullable ModelConnection replaced) {}

    private record Entitlement(boolean confirmed, @Nullable Object identity) {}

    Outcome claim(ModelConnection connection, String name, @Nullable String secret) {
        String key = ChannelView.key(name);
        ModelConnection previous = predecessor(connection, key, secret);
        if (!isFree(connection, key, previous)) {
            return new Outcome(false, null);
        }
        Entitlement entitlement = entitlement(connection, key, secret, previous);
        model.channelsOf(connection).forEach(channel -> {
            ModelConnection holder = channel.holder(key);
            int since = holder == null
                    ? sinceReleased(channel, key, entitlement.identity(), secret)
                    : holder.namedIn.getOrDefault(channel.id, model.now());
            connection.namedIn.put(channel.id, since);
            channel.released.remove(key);
        });
        if (!connection.hasName(key)) {
            connection.namedAt = model.now();
        }
        if (previous == null) {
            model.apply(model.channelsOf(connection), connection, () -> assign(connection, name, entitlement));
        } else {
            replace(previous, connection, () -> assign(connection, name, entitlement));
        }
        connection.client.invalidateUsers();
        return new Outcome(true, previous);
    }

    /** The second since when a guest who takes a free name has had it. */
    private int sinceReleased(ModelChannel channel, String key, @Nullable Object identity, @Nullable String secret) {
        ModelChannel.ReleasedName released = channel.released.get(key);
        boolean isSame = released != null
                && released.isKnown(model.now())
                && (Objects.equals(released.identity(), identity)
                        || (secret != null && secret.equals(released.secret())));
        return released != null && isSame ? released.since() : model.now();
    }

    private boolean isFree(ModelConnection connection, String key, @Nullable ModelConnection previous) {
        return model.channelsOf(connection).stream().allMatch(channel -> {
            ModelConnection holder = channel.holder(key);
            return holder == null || holder.equals(connection) || holder.equals(previous);
        });
    }

    private static void assign(ModelConnection connection, String name, Entitlement entitlement) {
        connection.name = name;
        connection.confirmed = entitlement.confirmed();
        connection.identity = entitlement.identity();
    }

    private @Nullable ModelConnection predecessor(ModelConnection connection, String key, @Nullable String secret) {
        ModelConnection holder = model.channel(connection.client.ownChannel()).holder(key);
        boolean isResumed = holder != null
                && !holder.equals(connection)
                && holder.client.ownChannel().equals(connection.client.ownChannel())
                && secret != null
                && secret.equals(holder.secret);
        return isResumed ? holder : null;
    }

    private Entitlement entitlement(
            ModelConnection connection, String key, @Nullable String secret, @Nullable ModelConnection previous) {
        if (previous != null) {
            return new Entitlement(connection.confirmed || previous.confirmed, previous.identity);
        }
        ModelChannel.ReleasedName released =
                model.channel(connection.client.ownChannel()).released.get(key);
        boolean isResumed =
                released != null && released.isKnown(model.now()) && secret != null && secret.equals(released.secret());
        return isResumed
                ? new Entitlement(connection.confirmed || released.confirmed(), released.identity())
                : new Entitlement(
                        connection.confirmed, connection.identity == null ? new Object() : connection.identity);
    }

    /** The replaced connection stops typing and leaves the channels that the new one is not in. */
    private void replace(ModelConnection previous, ModelConnection connection, Runnable assignName) {
        String key = ChannelView.key(String.valueOf(previous.name));
        List<ModelChannel> previousChannels = model.channelsOf(previous);
        boolean wasConfirmed = previous.confirmed;
        Set<ModelChannel> all = new LinkedHashSet<>(model.channelsOf(connection));
        all.addAll(previousChannels);
        model.apply(all, connection, () -> {
            assignName.run();
            previousChannels.forEach(channel -> channel.connections.remove(previous));
        });
        if (wasConfirmed) {
            previousChannels.forEach(channel -> model.endTyping(channel, key, previous));
        }
        previousChannels.stream()
                .filter(channel -> !channel.connections.contains(connection))
                .forEach(channel -> channel.released.remove(key));
        previous.name = null;
        previous.confirmed = false;
        model.disconnect(previous);
    }

    /**
     * Logs in to the user's account, whose name nobody else can hold. The client leaves the private chats of the guest
     * that it was, except those with this account.
     */
    void logIn(ModelConnection connection) {
        List<String> chats = model.channelsOf(connection).stream()
                .filter(channel -> channel.isPrivate() && !channel.owners.contains(connection.user))
                .map(channel -> channel.id)
                .toList();
        chats.forEach(id -> model.leave(connection, id));
        model.apply(model.channelsOf(connection), connection, () -> {
            assign(connection, connection.user.defaultName(), new Entitlement(true, connection.user));
            connection.loggedIn = true;
            connection.secret = null;
        });
        connection.client.invalidateUsers();
    }
}
