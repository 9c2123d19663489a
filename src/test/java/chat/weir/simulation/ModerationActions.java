package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Actions of moderators, besides deletions. */
final class ModerationActions {
    private ModerationActions() {}

    /** A moderator mutes a guest, who is then refused messages and changes, and unmutes them. */
    static @Nullable String mute(SimulationContext context) {
        ModelChannel channel = context.moderatedChannel();
        ModelConnection moderator = context.pick(channel.connections.stream()
                .filter(one -> one.loggedIn && context.isModerator(one.user, channel))
                .toList());
        ModelConnection guest = context.pick(channel.connections.stream()
                .filter(one -> one.confirmed && !one.loggedIn && !isTyping(one, channel))
                .toList());
        if (moderator == null || guest == null) {
            return null;
        }
        setMuted(moderator, guest, channel, "mute");
        long id = ChangeActions.chooseMessage(context, channel);
        for (String request : List.of(
                "{'type':'message','text':'muted'",
                "{'type':'edit','id':" + id + ",'text':'muted'",
                "{'type':'react','id':" + id + ",'emoji':'" + ChangeActions.EMOJI + "'",
                "{'type':'unreact','id':" + id + ",'emoji':'" + ChangeActions.EMOJI + "'")) {
            JsonNode reply = guest.client.request(request + guest.client.channelField(channel.id));
            assertEquals("muted", reply.path("reason").asString(""), reply::toString);
        }
        setMuted(moderator, guest, channel, "unmute");
        return moderator + " mutes and unmutes " + guest;
    }

    private static boolean isTyping(ModelConnection connection, ModelChannel channel) {
        return channel.typists.containsKey(ChannelView.key(String.valueOf(connection.name)));
    }

    private static void setMuted(ModelConnection moderator, ModelConnection guest, ModelChannel channel, String type) {
        JsonNode reply = moderator.client.request(
                "{'type':'" + type + "','user':'" + guest.name + "'" + moderator.client.channelField(channel.id));
        assertEquals(type, reply.get("type").asString(), reply::toString);
    }
}
