package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Actions that open, close and identify connections, and that join and leave channels. */
final class ConnectionActions {
    private static final int MAX_CONNECTIONS_PER_ACCOUNT = 3;

    private ConnectionActions() {}

    /** Connects a user: for the first time, again, or in addition to a connection that no longer answers. */
    static @Nullable String connect(SimulationContext context) {
        SimulatedUser user = context.pickUser(one -> mayConnect(context, one));
        return user == null ? null : connect(context, user);
    }

    private static boolean mayConnect(SimulationContext context, SimulatedUser user) {
        if (user.connections == 0) {
            return true;
        }
        if (user.hasAccount()) {
            return user.connections < MAX_CONNECTIONS_PER_ACCOUNT;
        }
        return user.connections == 1
                && context.model().connections().stream()
                        .anyMatch(connection -> connection.user.equals(user) && !connection.client.answering());
    }

    private static String connect(SimulationContext context, SimulatedUser user) {
        String channelId = user.lastChannel;
        if (channelId == null || context.oneIn(4)) {
            // Prefers the first channels.
            List<String> ids = context.config().channelIds();
            channelId = ids.get(context.below(1 + context.below(ids.size())));
        }
        ReturnToChannel back = ReturnToChannel.choose(context, user, channelId);
        SimulatedClient.ConnectOptions options = new SimulatedClient.ConnectOptions(
                channelId,
                context.oneIn(4),
                back == null ? 0 : back.since(),
                context.config().hasCompleteNotifications());
        SimulatedClient client = context.open(options);
        ModelConnection connection = new ModelConnection(client, user);
        context.model().connect(connection);
        user.connections++;
        user.lastChannel = channelId;
        JsonNode envelope = client.readConnectionEnvelope();
        if (back != null) {
            client.views().get(channelId).resume(back.memory(), back.since());
            back.expectReplay(connection, context.model().channel(channelId), envelope, true);
        }
        client.request("{'type':'users'");
        return user + " connects to " + options.path();
    }

    /** Ends a connection without a close frame: with a TCP FIN or with a reset. */
    static @Nullable String disconnect(SimulationContext context) {
        ModelConnection connection = context.pickConnection(one -> true);
        if (connection == null) {
            return null;
        }
        String what = connection + " disconnects";
        boolean reset = context.oneIn(2);
        connection.client.abort(reset);
        keepMemories(connection);
        context.model().disconnect(connection);
        context.awaitDisconnects();
        return what + (reset ? " with a reset" : "");
    }

    private static void keepMemories(ModelConnection connection) {
        connection.user.connections--;
        ChannelMemory.keepAll(connection);
    }

    /** A client stops answering heartbeats. */
    static @Nullable String stopHeartbeats(SimulationContext context) {
        ModelConnection connection = context.pickConnection(one -> one.client.answering());
        if (connection == null) {
            return null;
        }
        connection.client.answering(false);
        return connection + " stops answering heartbeats";
    }

    /** A silent client answers heartbeats again. */
    static @Nullable String restartHeartbeats(SimulationContext context) {
        ModelConnection connection = context.pickConnection(one -> !one.client.answering());
        if (connection == null) {
            return null;
        }
        connection.client.answering(true);
        return connection + " answers heartbeats again";
    }

    /** Requests a name: a new one, another user's, or the previous one with its resume secret. */
    static @Nullable String identify(SimulationContext context) {
        // Connections without a name request one more often than others change theirs.
        ModelConnection nameless = context.pickConnection(one -> one.name == null && one.client.answering());
        ModelConnection connection =
                nameless == null || context.oneIn(4) ? context.pickConnection(one -> !one.loggedIn) : nameless;
        if (connection == null) {
            return null;
        }
        SimulatedUser user = connection.user;
        boolean mayResume = connection.name == null
                && user.secret != null
                && connection.client.ownChannel().equals(user.secretChannel);
        boolean resumes = mayResume && !context.oneIn(4);
        String name = resumes && user.lastName != null ? randomCase(context, user.lastName) : chooseName(context, user);
        String secret = resumes ? user.secret : null;
        String what = connection + " requests " + name + (resumes ? " with its secret" : "");
        JsonNode reply = connection.client.request(
                "{'type':'identity','user':'" + name + "'" + (secret == null ? "" : ",'resume':'" + secret + "'"));
        String reason = reply.path("reason").asString("");
        if (context.isRegistered(name)) {
            assertEquals("registered", reason, what);
            return what + ": registered";
        }
        NameModel.Outcome outcome = new NameModel(context.model()).claim(connection, name, secret);
        assertEquals(outcome.granted() ? "" : "taken", reason, what);
        if (!outcome.granted()) {
            return what + ": taken";
        }
        connection.secret = reply.get("resume").asString();
        user.secret = connection.secret;
        user.secretChannel = connection.client.ownChannel();
        user.lastName = name;
        ModelConnection replaced = outcome.replaced();
        if (replaced != null) {
            keepMemories(replaced);
            assertEquals(4501, replaced.client.awaitClose());
            context.awaitDisconnects();
        }
        return what + (replaced == null ? "" : " and replaces " + replaced);
    }

    private static String chooseName(SimulationContext context, SimulatedUser user) {
        int choice = context.below(20);
        if (choice == 0) {
            SimulatedUser other = context.pickUser(one -> true);
            return randomCase(context, other == null ? user.defaultName() : other.defaultName());
        }
        String defaultName = user.hasAccount() ? "a-" + user.defaultName() : user.defaultName();
        return randomCase(context, choice < 4 ? defaultName + "." + context.below(3) : defaultName);
    }

    private static String randomCase(SimulationContext context, String name) {
        String rest = name.substring(1);
        String first = name.substring(0, 1);
        return (context.oneIn(5) ? first.toUpperCase(Locale.ROOT) : first) + rest;
    }

    static @Nullable String logIn(SimulationContext context) {
        ModelConnection connection = context.pickConnection(one -> one.user.hasAccount() && !one.loggedIn);
        if (connection == null) {
            return null;
        }
        String what = connection + " logs in";
        JsonNode reply = connection.client.request("{'type':'auth','token':'" + connection.user.token + "'");
        assertEquals(200, reply.get("code").asInt(), reply::toString);
        new NameModel(context.model()).logIn(connection);
        connection.loadBlocksOfAccount();
        return what;
    }

    static @Nullable String logOut(SimulationContext context) {
        ModelConnection connection = context.pickConnection(one -> one.name != null);
        if (connection == null) {
            return null;
        }
        String what = connection + " logs out";
        assertEquals(
                "logout",
                connection.client.request("{'type':'logout'").get("type").asString());
        context.model().loseName(connection, false);
        connection.clearBlocks();
        return what;
    }

    static @Nullable String join(SimulationContext context) {
        ModelConnection connection = context.pickConnection(one -> one.channels.size() < 4);
        if (connection == null) {
            return null;
        }
        List<String> all = context.config().channelIds().stream()
                .filter(one -> !connection.channels.containsKey(one))
                .toList();
        String known = context.pick(
                all.stream().filter(connection.user.memories::containsKey).toList());
        String id = known == null || context.oneIn(3) ? context.pick(all) : known;
        if (id == null) {
            return null;
        }
        ReturnToChannel back = ReturnToChannel.choose(context, connection.user, id);
        if (back != null) {
            connection.client.resumeOnJoin(id, back.memory(), back.since());
        }
        JsonNode reply = connection.client.request(
                "{'type':'join','channel':'" + id + "'" + (back == null ? "" : ",'since':" + back.since()));
        ModelConnection holder =
                connection.name == null ? null : context.model().channel(id).holder(ChannelView.key(connection.name));
        if (holder != null && !(connection.loggedIn && holder.loggedIn)) {
            assertEquals(409, reply.path("code").asInt(0), reply::toString);
            connection.client.forgetResumed();
            return connection + " cannot join " + id;
        }
        assertEquals("connection", reply.get("type").asString(), reply::toString);
        context.model().join(connection, id);
        if (back != null) {
            back.expectReplay(connection, context.model().channel(id), reply, false);
        }
        connection.client.request("{'type':'users'" + connection.client.channelField(id));
        return connection + " joins " + id + (back == null ? "" : " with since " + back.since());
    }

    static @Nullable String leave(SimulationContext context) {
        ModelConnection connection = context.pickConnection(one -> one.channels.size() > 1);
        if (connection == null) {
            return null;
        }
        String id = context.pick(connection.channelIds().stream()
                .filter(one -> !one.equals(connection.client.ownChannel()))
                .toList());
        if (id == null) {
            return null;
        }
        ChannelMemory.keep(connection, id);
        JsonNode reply = connection.client.request("{'type':'leave','channel':'" + id + "'");
        assertEquals("leave", reply.get("type").asString(), reply::toString);
        context.model().leave(connection, id);
        return connection + " leaves " + id;
    }
}
