package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Actions that send messages, type, start private chats, and block. */
final class MessageActions {
    private static final int MAX_CHANNELS = 15;

    private MessageActions() {}

    static @Nullable String sendMessage(SimulationContext context) {
        ModelConnection connection =
                context.oneIn(10) ? context.pickConnection(one -> true) : context.confirmedConnection();
        if (connection == null) {
            return null;
        }
        ModelChannel channel = context.anyChannelOf(connection);
        String text = "sent in second " + context.model().now();
        long replyTo = context.oneIn(4) ? ChangeActions.chooseMessage(context, channel) : 0;
        JsonNode reply = connection.client.request("{'type':'message','text':'" + text + "'"
                + (replyTo == 0 ? "" : ",'replyTo':" + replyTo)
                + connection.client.channelField(channel.id));
        if (!connection.confirmed || connection.name == null) {
            assertEquals(401, reply.path("code").asInt(0), reply::toString);
            return connection + " is refused a message in " + channel.id;
        }
        if (replyTo != 0 && channel.log.find(replyTo) == null) {
            assertEquals(404, reply.path("code").asInt(0), reply::toString);
            context.model().endTyping(channel, ChannelView.key(connection.name), null);
            return connection + " is refused a reply in " + channel.id;
        }
        assertEquals("ack", reply.get("type").asString(), reply::toString);
        long id = reply.get("id").asLong();
        long timestamp = context.model().unixSecond();
        context.model()
                .addMessage(
                        channel,
                        MessageEvent.message(id, connection.name, text, replyTo, timestamp),
                        connection.loggedIn ? connection.user : null);
        return connection + " sends a message to " + channel.id;
    }

    static @Nullable String startTyping(SimulationContext context) {
        ModelConnection connection = context.confirmedConnection();
        if (connection == null || connection.name == null) {
            return null;
        }
        ModelChannel channel = context.anyChannelOf(connection);
        requestAndExpectEcho(connection, "typing", connection.client.channelField(channel.id));
        context.model().startTyping(connection, channel, connection.name);
        return connection + " types in " + channel.id;
    }

    static @Nullable String stopTyping(SimulationContext context) {
        ModelChannel channel = context.pick(context.model().channels().stream()
                .filter(one -> !one.typists.isEmpty())
                .toList());
        if (channel == null) {
            return null;
        }
        ModelChannel.Typist typist = channel.typists.values().iterator().next();
        requestAndExpectEcho(
                typist.connection(), "doneTyping", typist.connection().client.channelField(channel.id));
        context.model().endTyping(channel, ChannelView.key(typist.name()), null);
        return typist.connection() + " stops typing in " + channel.id;
    }

    private static void requestAndExpectEcho(ModelConnection connection, String type, String more) {
        JsonNode reply = connection.client.request("{'type':'" + type + "'" + more);
        assertEquals(type, reply.get("type").asString(), reply::toString);
    }

    private static @Nullable String otherUserIn(
            SimulationContext context, ModelConnection connection, ModelChannel channel) {
        return context.pick(channel.present().values().stream()
                .filter(name -> !connection.hasName(ChannelView.key(name)))
                .toList());
    }

    /** All connections of the same account, or only this one for a guest. */
    private static List<ModelConnection> connectionsOf(SimulationContext context, ModelConnection one) {
        return one.loggedIn
                ? context.model().connections().stream()
                        .filter(connection -> connection.loggedIn && connection.user.equals(one.user))
                        .toList()
                : List.of(one);
    }

    static @Nullable String startPrivateChat(SimulationContext context) {
        ModelConnection connection = context.confirmedConnection();
        if (connection == null || connection.name == null || connection.channels.size() > MAX_CHANNELS) {
            return null;
        }
        ModelChannel channel = context.anyChannelOf(connection);
        String name = otherUserIn(context, connection, channel);
        ModelConnection other = name == null ? null : channel.holder(ChannelView.key(name));
        if (other == null
                || connectionsOf(context, other).stream().anyMatch(one -> one.channels.size() > MAX_CHANNELS)) {
            return null;
        }
        String known = privateChatOf(context, connection, other);
        JsonNode reply = connection.client.request(
                "{'type':'private','user':'" + name + "'" + connection.client.channelField(channel.id));
        assertEquals("private", reply.get("type").asString(), reply::toString);
        String id = reply.get("channel").asString();
        if (known == null) {
            assertFalse(context.model().exists(id), () -> id + " already exists");
        } else {
            assertEquals(known, id, "the chat of " + connection + " and " + name);
        }
        String key = ChannelView.key(connection.name);
        Stream.of(
                        List.of(connection),
                        connectionsOf(context, connection),
                        connectionsOf(context, other).stream()
                                .filter(one -> !one.blocked.contains(key))
                                .toList())
                .flatMap(List::stream)
                .forEach(one -> context.model().join(one, id));
        context.model().channel(id).owners = Set.of(identity(connection), identity(other));
        return connection + " from " + channel.id + " starts a private chat with " + other + ": " + id;
    }

    private static Object identity(ModelConnection connection) {
        return Objects.requireNonNull(connection.identity);
    }

    private static @Nullable String privateChatOf(
            SimulationContext context, ModelConnection one, ModelConnection other) {
        Set<Object> both = Set.of(identity(one), identity(other));
        return context.model().channels().stream()
                .filter(channel -> both.equals(channel.owners))
                .map(channel -> channel.id)
                .findFirst()
                .orElse(null);
    }

    static @Nullable String block(SimulationContext context) {
        ModelConnection connection = context.confirmedConnection();
        if (connection == null) {
            return null;
        }
        String name = otherUserIn(context, connection, context.anyChannelOf(connection));
        if (name == null) {
            return null;
        }
        requestAndExpectEcho(connection, "block", ",'user':'" + name + "'");
        connectionsOf(context, connection).forEach(one -> one.block(ChannelView.key(name)));
        if (connection.loggedIn) {
            connection.user.blocked.add(ChannelView.key(name));
        } else {
            connection.keepBlocksAsGuest();
        }
        return connection + " blocks " + name;
    }

    static @Nullable String unblock(SimulationContext context) {
        ModelConnection connection = context.pickConnection(one -> one.confirmed && !one.blocked.isEmpty());
        if (connection == null) {
            return null;
        }
        String key = connection.blocked.iterator().next();
        requestAndExpectEcho(connection, "unblock", ",'user':'" + key + "'");
        connectionsOf(context, connection).forEach(one -> {
            one.blocked.remove(key);
            one.blockedAsGuest.remove(key);
        });
        if (connection.loggedIn) {
            connection.user.blocked.remove(key);
        } else {
            connection.keepBlocksAsGuest();
        }
        return connection + " unblocks " + key;
    }
}
