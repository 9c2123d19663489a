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
 * Compares what each client believes with what is true, and that with what the server knows.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Oracle {
    private final Model model;
    private final TestApi api;
    private final int listLimit;
    private final boolean oneListIsEnough;

    Oracle(Model model, TestApi api, Scene scene) {
        this.model = model;
        this.api = api;
        this.listLimit = scene.listLimit();
        this.oneListIsEnough = scene.oneListIsEnough();
    }

    /** @param afterTick a second has passed since the last time, else none */
    void compare(boolean afterTick) {
        for (Room room : model.rooms()) {
            if (!room.isPrivate()) {
                askServer(room);
            }
        }
        for (Seat seat : model.seats()) {
            try {
                compare(seat, afterTick);
            } catch (AssertionError e) {
                throw new AssertionError(seat + " is wrong: " + e.getMessage(), e);
            }
        }
        for (Room room : model.rooms()) {
            boolean isSaid = afterTick && !model.hasChanged(room);
            room.listing = isSaid ? Room.Listing.SENT : room.listing;
        }
    }

    private void askServer(Room room) {
        JsonNode users = get("/api/channels/" + room.id + "/users");
        assertEquals(room.listing(listLimit), View.listing(users), () -> "who is in " + room.id + " by the HTTP API");
        if (room.found == room.messages.size()) {
            return;
        }
        long last = room.found == 0 ? 0 : room.messages.get(room.found - 1).id();
        List<String> found = new ArrayList<>();
        JsonNode page;
        do {
            page = get("/api/channels/" + room.id + "/messages?limit=100&after=" + last);
            for (JsonNode message : page.get("messages")) {
                last = message.get("id").asLong();
                found.add(last + " " + message.get("user").asString() + ": "
                        + message.get("text").asString());
            }
        } while (page.has("next"));
        assertEquals(
                room.messages.subList(room.found, room.messages.size()).stream()
                        .map(Room.Said::toString)
                        .toList(),
                found,
                () -> "history of " + room.id);
        room.found = room.messages.size();
    }

    private JsonNode get(String path) {
        TestApi.Answer answer = api.send("GET", path, null, null);
        assertEquals(200, answer.status(), answer::toString);
        return answer.body();
    }

    private void compare(Seat seat, boolean afterTick) {
        if (afterTick) {
            assertEquals(seat.confirmed, seat.client.authenticated(), "authenticated by the heartbeats");
        }
        for (Room room : model.roomsOf(seat)) {
            View view = seat.client.views().get(room.id);
            if (view == null) {
                throw new AssertionError("does not know that it is in " + room.id);
            }
            try {
                seat.blocked.forEach(view::forgetTyping);
                if (seat.name != null) {
                    view.forgetTyping(View.key(seat.name));
                }
                compareLists(room, view, afterTick);
                Expected expected = Model.expected(seat, room);
                expected.compareWith(view);
                Set<String> typing =
                        room.typists.values().stream().map(Room.Typist::name).collect(Collectors.toSet());
                assertTrue(typing.containsAll(view.typing()), () -> "thinks " + view.typing() + " type: " + typing);
                expected.turnPage();
                view.turnPage();
            } catch (AssertionError e) {
                throw new AssertionError("in " + room.id + ": " + e.getMessage(), e);
            }
        }
    }

    private void compareLists(Room room, View view, boolean afterTick) {
        String truth = room.listing(listLimit);
        assertEquals(truth, view.answer(), "who is here by the server's answer");
        if (oneListIsEnough) {
            assertEquals(truth, view.here(), "who is here by the first list and all notifications");
        }
        if (!afterTick) {
            assertEquals(List.of(), view.lists(), "lists while time stood still");
            return;
        }
        assertTrue(view.lists().size() <= 1, () -> "more than one list in a second: " + view.lists());
        if (model.hasChanged(room)) {
            // The list may have gone out before or after the change.
            room.listing = view.lists().contains(truth) ? Room.Listing.UNSURE : Room.Listing.DUE;
        } else if (room.listing != Room.Listing.UNSURE) {
            List<String> due = room.listing == Room.Listing.DUE ? List.of(truth) : List.of();
            assertEquals(due, view.lists(), "the list that was sent to all");
        }
    }
}
