package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Compares the model with every client's view and with the server's HTTP API.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Oracle {
    private final Model model;
    private final TestApi api;
    private final int listLimit;
    private final boolean hasCompleteNotifications;

    Oracle(Model model, TestApi api, SimulationConfig config) {
        this.model = model;
        this.api = api;
        this.listLimit = config.listLimit();
        this.hasCompleteNotifications = config.hasCompleteNotifications();
    }

    /** @param afterTick whether one second has passed since the last comparison, or none */
    void compare(boolean afterTick) {
        for (ModelChannel channel : model.channels()) {
            if (!channel.isPrivate()) {
                askServer(channel);
            }
        }
        for (ModelConnection connection : model.connections()) {
            try {
                compare(connection, afterTick);
            } catch (AssertionError e) {
                throw new AssertionError(connection + ": " + e.getMessage(), e);
            }
        }
        for (ModelChannel channel : model.channels()) {
            boolean isSent = afterTick && !model.hasChanged(channel);
            channel.listing = isSent ? ModelChannel.Listing.SENT : channel.listing;
        }
    }

    private void askServer(ModelChannel channel) {
        JsonNode users = get("/api/channels/" + channel.id + "/users");
        assertEquals(
                channel.listing(listLimit), ChannelView.listing(users), () -> "users of " + channel.id + " by HTTP");
        channel.log.takeChangedFrom().ifPresent(from -> compareHistory(channel, from - 1));
    }

    /** Compares all messages from the first that has changed. */
    private void compareHistory(ModelChannel channel, long after) {
        long last = after;
        List<String> found = new ArrayList<>();
        JsonNode page;
        do {
            page = get("/api/channels/" + channel.id + "/messages?limit=100&after=" + last);
            for (JsonNode message : page.get("messages")) {
                last = message.get("id").asLong();
                found.add(MessageState.describeHistory(message));
            }
        } while (page.has("next"));
        assertEquals(
                channel.log.messages().tailMap(after, false).values().stream()
                        .map(message -> message.state().describeInHistory(Set.of()))
                        .toList(),
                found,
                () -> "history of " + channel.id);
    }

    private JsonNode get(String path) {
        TestApi.Answer reply = api.send("GET", path, null, null);
        assertEquals(200, reply.status(), reply::toString);
        return reply.body();
    }

    private void compare(ModelConnection connection, boolean afterTick) {
        if (afterTick) {
            assertEquals(connection.confirmed, connection.client.authenticated(), "authenticated in the heartbeat");
        }
        for (ModelChannel channel : model.channelsOf(connection)) {
            ChannelView view = connection.client.views().get(channel.id);
            if (view == null) {
                throw new AssertionError("client does not know that it is in " + channel.id);
            }
            try {
                connection.blocked.forEach(view::removeTyping);
                if (connection.name != null) {
                    view.removeTyping(ChannelView.key(connection.name));
                }
                compareLists(channel, view, afterTick);
                ExpectedEvents expected = Model.expected(connection, channel);
                expected.compareWith(view);
                view.picture()
                        .compareWith(
                                channel.log,
                                connection.knownAfter.getOrDefault(channel.id, channel.log.last()),
                                connection.everBlocked);
                Set<String> typing = channel.typists.values().stream()
                        .map(ModelChannel.Typist::name)
                        .collect(Collectors.toSet());
                assertTrue(
                        typing.containsAll(view.typing()),
                        () -> "typing users " + view.typing() + ", expected " + typing);
                expected.clear();
                view.clear();
            } catch (AssertionError e) {
                throw new AssertionError("in " + channel.id + ": " + e.getMessage(), e);
            }
        }
    }

    private void compareLists(ModelChannel channel, ChannelView view, boolean afterTick) {
        String expected = channel.listing(listLimit);
        assertEquals(expected, view.reply(), "users by the server's reply");
        if (hasCompleteNotifications) {
            assertEquals(expected, view.users(), "users by the first list and the notifications");
        }
        if (!afterTick) {
            assertEquals(List.of(), view.broadcastLists(), "broadcast lists although no time passed");
            return;
        }
        assertTrue(view.broadcastLists().size() <= 1, () -> "more than one list in a second: " + view.broadcastLists());
        if (model.hasChanged(channel)) {
            // The list may have been sent before or after the change.
            channel.listing = view.broadcastLists().contains(expected)
                    ? ModelChannel.Listing.UNCERTAIN
                    : ModelChannel.Listing.DUE;
        } else if (channel.listing != ModelChannel.Listing.UNCERTAIN) {
            List<String> due = channel.listing == ModelChannel.Listing.DUE ? List.of(expected) : List.of();
            assertEquals(due, view.broadcastLists(), "broadcast list");
        }
    }
}
