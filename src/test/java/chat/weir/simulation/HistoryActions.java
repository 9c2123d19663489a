package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Requests for pages of the history. */
final class HistoryActions {
    private static final int MAX_LIMIT = 30;

    private HistoryActions() {}

    /** Requests the newest page, or the messages before or after one that may be deleted. */
    static @Nullable String readHistory(SimulationContext context) {
        ModelConnection connection = context.pickConnection(one -> true);
        if (connection == null) {
            return null;
        }
        ModelChannel channel = context.anyChannelOf(connection);
        int limit = 1 + context.below(MAX_LIMIT);
        Long id = context.pick(channel.log.newest(100).stream()
                .map(message -> message.state().id)
                .toList());
        if (id == null || context.oneIn(3)) {
            newestPage(connection, channel, limit);
        } else {
            page(connection, channel, new Request(context.oneIn(2), id + context.below(3) - 1, limit));
        }
        return connection + " reads the history of " + channel.id;
    }

    private record Request(boolean before, long id, int limit) {
        String json() {
            return "{'type':'history','limit':" + limit
                    + (id == Long.MAX_VALUE ? "" : (before ? ",'before':" : ",'after':") + id);
        }
    }

    /** Requests the newest messages, and compares them with the model. */
    static JsonNode newestPage(ModelConnection connection, ModelChannel channel, int limit) {
        return page(connection, channel, new Request(true, Long.MAX_VALUE, limit));
    }

    private static JsonNode page(ModelConnection connection, ModelChannel channel, Request request) {
        JsonNode reply = connection.client.request(request.json() + connection.client.channelField(channel.id));
        ModelLog.Page expected = channel.log.page(request.before(), request.id(), request.limit());
        assertEquals(
                expected.messages().stream()
                        .filter(message -> !connection.blocked.contains(ChannelView.key(message.user)))
                        .map(message -> message.describeInHistory(connection.blocked))
                        .toList(),
                reply.path("messages")
                        .valueStream()
                        .map(MessageState::describeHistory)
                        .toList(),
                () -> "history of " + channel.id + " for " + request);
        assertEquals(expected.next(), reply.path("next").asLong(0), () -> "next page of " + channel.id);
        return reply;
    }
}
