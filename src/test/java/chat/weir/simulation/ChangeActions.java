package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Actions that edit and delete messages, and that react to them. */
final class ChangeActions {
    private static final int RECENT = 30;
    private static final int EMOJIS = 24;
    private static final int FIRST_EMOJI = 0x1F600;
    static final String EMOJI = Character.toString(FIRST_EMOJI);

    private ChangeActions() {}

    /** Chooses a message, mostly a recent one; rarely one that is not in the channel. */
    static long chooseMessage(SimulationContext context, ModelChannel channel) {
        if (context.oneIn(15)) {
            ModelChannel other = context.pick(List.copyOf(context.model().channels()));
            return other == null || other == channel ? channel.log.last() + 1 : Math.max(1, other.log.last());
        }
        Long id = context.pick(channel.log.newest(context.oneIn(20) ? Integer.MAX_VALUE : RECENT).stream()
                .map(message -> message.state().id)
                .toList());
        return id == null ? 1 : id;
    }

    /** What a connection wants to change. */
    private record Target(ModelConnection connection, ModelChannel channel, long id) {
        ModelLog.@Nullable SentMessage message() {
            return channel.log.find(id);
        }

        boolean isOwn() {
            ModelLog.SentMessage message = message();
            return message != null && connection.wrote(channel, message);
        }

        Change change(String type, String content) {
            return new Change(connection, channel, type, id, content);
        }
    }

    /** A connection that may be anonymous, and mostly one of its channels. */
    private static @Nullable Target choose(SimulationContext context) {
        ModelConnection connection =
                context.oneIn(10) ? context.pickConnection(one -> true) : context.confirmedConnection();
        if (connection == null) {
            return null;
        }
        String any = context.pick(context.config().channelIds());
        ModelChannel channel =
                any != null && context.oneIn(15) ? context.model().channel(any) : context.anyChannelOf(connection);
        return new Target(connection, channel, chooseMessage(context, channel));
    }

    /** Mostly a connection and a recent message for which this holds; null if there are none in a random channel. */
    private static @Nullable Target choose(
            SimulationContext context, BiPredicate<Target, ModelLog.SentMessage> isPreferred) {
        if (context.oneIn(5)) {
            return choose(context);
        }
        ModelChannel channel = context.pick(context.model().channels().stream()
                .filter(one -> !one.log.messages().isEmpty())
                .toList());
        if (channel == null) {
            return null;
        }
        List<ModelLog.SentMessage> recent = channel.log.newest(RECENT);
        List<Target> preferred = channel.connections.stream()
                .filter(connection -> connection.confirmed)
                .flatMap(connection -> recent.stream()
                        .filter(message ->
                                isPreferred.test(new Target(connection, channel, message.state().id), message))
                        .map(message -> new Target(connection, channel, message.state().id)))
                .toList();
        return context.pick(preferred);
    }

    static @Nullable String edit(SimulationContext context) {
        Target target = choose(context, (one, message) -> one.isOwn());
        if (target == null) {
            return null;
        }
        // Sometimes the same text again.
        String text = "edited in minute " + context.model().now() / 60 + (context.oneIn(2) ? "!" : "");
        ModelLog.SentMessage message = target.message();
        boolean isEffective = message != null && !text.equals(message.state().text());
        return target.change(MessageEvent.EDIT, text).request(context, target.isOwn() ? 0 : 403, isEffective);
    }

    static @Nullable String delete(SimulationContext context) {
        Target target = choose(context, (one, message) -> one.isOwn());
        if (target == null) {
            return null;
        }
        ModelLog.SentMessage message = target.message();
        boolean mayDelete = target.isOwn() || (message != null && mayModerate(context, target, message));
        return target.change(MessageEvent.DELETE, "").request(context, mayDelete ? 0 : 403, true);
    }

    /** A moderator deletes a message of another user. */
    static @Nullable String moderate(SimulationContext context) {
        Target target = choose(
                context, (one, message) -> context.isModerator(one.connection().user, one.channel()) && !one.isOwn());
        if (target == null) {
            return null;
        }
        ModelLog.SentMessage message = target.message();
        boolean mayDelete = target.isOwn() || (message != null && mayModerate(context, target, message));
        return target.change(MessageEvent.DELETE, "").request(context, mayDelete ? 0 : 403, true);
    }

    private static boolean mayModerate(SimulationContext context, Target target, ModelLog.SentMessage message) {
        return target.connection().loggedIn
                && context.isModerator(target.connection().user, target.channel())
                && !context.isModerator(message.account(), target.channel());
    }

    static @Nullable String react(SimulationContext context) {
        Target target = choose(context);
        if (target == null) {
            return null;
        }
        // Half of the reactions are to few messages, so that these get many.
        ModelLog.SentMessage popular = context.pick(target.channel().log.newest(3));
        Target chosen = popular == null || context.oneIn(2)
                ? target
                : new Target(target.connection(), target.channel(), popular.state().id);
        return react(context, chosen, Character.toString(FIRST_EMOJI + context.below(1 + context.below(EMOJIS))));
    }

    private static String react(SimulationContext context, Target target, String emoji) {
        ModelLog.SentMessage message = target.message();
        boolean hasRoom = message != null && message.state().hasRoomFor(emoji);
        Change change = target.change(MessageEvent.REACT, emoji);
        return change.request(context, hasRoom ? 0 : 409, !change.hasReacted());
    }

    /** Reacts in the same way again. */
    static @Nullable String reactAgain(SimulationContext context) {
        Target target = choose(context, (one, message) -> !reactions(one).isEmpty());
        String emoji = target == null ? null : context.pick(reactions(target));
        return target == null || emoji == null ? null : react(context, target, emoji);
    }

    static @Nullable String unreact(SimulationContext context) {
        Target target = choose(context, (one, message) -> !reactions(one).isEmpty());
        if (target == null) {
            return null;
        }
        String emoji = context.pick(reactions(target));
        Change change = target.change(MessageEvent.UNREACT, emoji == null || context.oneIn(10) ? EMOJI : emoji);
        return change.request(context, 0, change.hasReacted());
    }

    /** The emojis with which a connection's user has reacted to a message. */
    private static List<String> reactions(Target target) {
        ModelLog.SentMessage message = target.message();
        return message == null ? List.of() : message.state().reactionsOf(String.valueOf(target.connection().name));
    }

    /** A requested change. */
    private record Change(ModelConnection connection, ModelChannel channel, String type, long id, String content) {

        boolean hasReacted() {
            ModelLog.SentMessage message = channel.log.find(id);
            return message != null && message.state().hasReacted(content, String.valueOf(connection.name));
        }

        /** The code of the expected error; 0: none. */
        private int refusal(int otherwise) {
            if (!connection.confirmed) {
                return 401;
            }
            if (!connection.channels.containsKey(channel.id)) {
                return 403;
            }
            return channel.log.find(id) == null ? 404 : otherwise;
        }

        /**
         * Sends the request, compares the reply with the expected one, and applies the change to the model.
         *
         * @param otherwise the code of the expected error if the message exists and the connection may speak in its
         *     channel; 0: none
         * @param isEffective whether the message is not as requested already
         */
        String request(SimulationContext context, int otherwise, boolean isEffective) {
            String field = type.equals(MessageEvent.EDIT) ? "text" : "emoji";
            JsonNode reply = connection.client.request("{'type':'" + type + "','id':" + id
                    + (content.isEmpty() ? "" : ",'" + field + "':'" + content + "'")
                    + connection.client.channelField(channel.id));
            String what = connection + " asks to " + type + " " + id + " in " + channel.id;
            int refusal = refusal(otherwise);
            assertEquals(refusal, reply.path("code").asInt(0), () -> what + ": " + reply);
            if (refusal != 0 || connection.name == null) {
                return what + ": refused with " + refusal;
            }
            assertEquals(type, reply.get("type").asString(), reply::toString);
            if (!isEffective) {
                return what + ": no effect";
            }
            // The number is the server's, and all members must receive the same.
            long seq = connection.client.views().get(channel.id).lastSeq();
            assertTrue(seq > channel.log.last(), () -> what + ": " + seq + " after " + channel.log.last());
            long timestamp = type.equals(MessageEvent.EDIT) ? context.model().unixSecond() : 0;
            context.model().change(channel, new MessageEvent(seq, type, id, connection.name, content, 0, timestamp));
            return what + " as " + seq;
        }
    }
}
