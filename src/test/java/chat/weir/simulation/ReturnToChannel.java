package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client that comes back to a channel with {@code since}.
 *
 * @param memory what it has kept
 * @param since the last event that it claims to have seen, no later than it has
 */
record ReturnToChannel(ChannelMemory memory, long since) {
    private static final int PAGE = 30;

    /** Chooses how a user comes back to a channel; null: without {@code since}, or for the first time. */
    static @Nullable ReturnToChannel choose(SimulationContext context, SimulatedUser user, String channel) {
        ChannelMemory memory = user.memories.get(channel);
        if (memory == null || context.oneIn(8)) {
            return null;
        }
        return switch (context.below(8)) {
            // A client that does not know of changes remembers the ids of messages only.
            case 0, 1 -> new ReturnToChannel(memory, Math.max(memory.lastMessageId(), 1));
            case 2 -> new ReturnToChannel(memory, earlierId(context, channel, memory));
            default -> new ReturnToChannel(memory, memory.lastSeq());
        };
    }

    private static long earlierId(SimulationContext context, String channel, ChannelMemory memory) {
        List<Long> ids = List.copyOf(context.model()
                .channel(channel)
                .log
                .messages()
                .headMap(memory.lastSeq(), true)
                .keySet());
        Long id = context.pick(ids);
        return id == null ? 1 : id;
    }

    /**
     * Expects the replay that the greeting announces. Without one, the client reads a page of the history.
     *
     * @param greeting the reply of the server
     * @param isOwn whether it is the URL's channel, where the client has no name and blocks nobody yet
     */
    void expectReplay(ModelConnection connection, ModelChannel channel, JsonNode greeting, boolean isOwn) {
        Optional<List<MessageEvent>> replay = channel.log.replay(since);
        assertEquals(
                Boolean.toString(replay.isPresent()),
                greeting.path("recovered").asString(""),
                () -> greeting + " for " + since);
        if (replay.isPresent()) {
            replay.get().stream()
                    .filter(event -> isOwn || !connection.hasBlocked(event))
                    .forEach(Model.expected(connection, channel)::message);
            connection.knownAfter.put(channel.id, Math.min(memory.knownAfter(), since));
            return;
        }
        JsonNode page = HistoryActions.newestPage(connection, channel, PAGE);
        boolean hasCounts = page.get("messages").valueStream().anyMatch(message -> message.has("reactionCounts"));
        // Names that are only counted could not be compared later.
        connection
                .client
                .views()
                .get(channel.id)
                .showPage(hasCounts ? page.path("nothing") : page.get("messages"), channel.log.last());
        connection.knownAfter.put(
                channel.id, hasCounts ? channel.log.last() : page.path("next").asLong(1) - 1);
    }
}
