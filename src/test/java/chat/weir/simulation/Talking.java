package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Talking, and being about to. */
final class Talking {
    private static final int MANY_ROOMS = 15;

    private Talking() {}

    private static @Nullable Seat speaker(Crowd crowd) {
        return crowd.seat(one -> one.confirmed);
    }

    private static Room anyRoom(Crowd crowd, Seat seat) {
        return crowd.model().room(seat.roomIds().get(crowd.below(seat.rooms.size())));
    }

    static @Nullable String say(Crowd crowd) {
        Seat seat = crowd.oneIn(10) ? crowd.seat(one -> true) : speaker(crowd);
        if (seat == null) {
            return null;
        }
        Room room = anyRoom(crowd, seat);
        String text = "said in second " + crowd.model().now();
        JsonNode answer = seat.client.ask("{'type':'message','text':'" + text + "'" + seat.client.about(room.id));
        if (!seat.confirmed || seat.name == null) {
            assertEquals(401, answer.path("code").asInt(0), answer::toString);
            return seat + " may not speak in " + room.id;
        }
        assertEquals("ack", answer.get("type").asString(), answer::toString);
        crowd.model().say(room, new Room.Said(answer.get("id").asLong(), seat.name, text));
        return seat + " speaks in " + room.id;
    }

    static @Nullable String type(Crowd crowd) {
        Seat seat = speaker(crowd);
        if (seat == null || seat.name == null) {
            return null;
        }
        Room room = anyRoom(crowd, seat);
        done(seat, "typing", seat.client.about(room.id));
        crowd.model().type(seat, room, seat.name);
        return seat + " types in " + room.id;
    }

    static @Nullable String doneTyping(Crowd crowd) {
        Room room = crowd.any(crowd.model().rooms().stream()
                .filter(one -> !one.typists.isEmpty())
                .toList());
        if (room == null) {
            return null;
        }
        Room.Typist typist = room.typists.values().iterator().next();
        done(typist.seat(), "doneTyping", typist.seat().client.about(room.id));
        crowd.model().endTyping(room, View.key(typist.name()), null);
        return typist.seat() + " stops typing in " + room.id;
    }

    private static void done(Seat seat, String type, String more) {
        JsonNode answer = seat.client.ask("{'type':'" + type + "'" + more);
        assertEquals(type, answer.get("type").asString(), answer::toString);
    }

    private static @Nullable String anybodyElse(Crowd crowd, Seat seat, Room room) {
        return crowd.any(room.present().values().stream()
                .filter(name -> !seat.isCalled(View.key(name)))
                .toList());
    }

    /** All connections under a name: an account's wherever they are. */
    private static List<Seat> all(Crowd crowd, Seat one) {
        return one.loggedIn
                ? crowd.model().seats().stream()
                        .filter(seat -> seat.loggedIn && seat.human.equals(one.human))
                        .toList()
                : List.of(one);
    }

    static @Nullable String speakInPrivate(Crowd crowd) {
        Seat seat = speaker(crowd);
        if (seat == null || seat.name == null || seat.rooms.size() > MANY_ROOMS) {
            return null;
        }
        Room room = anyRoom(crowd, seat);
        String name = anybodyElse(crowd, seat, room);
        Seat other = name == null ? null : room.holder(View.key(name));
        if (other == null || all(crowd, other).stream().anyMatch(one -> one.rooms.size() > MANY_ROOMS)) {
            return null;
        }
        String known = chatOf(crowd, seat, other);
        JsonNode answer = seat.client.ask("{'type':'private','user':'" + name + "'" + seat.client.about(room.id));
        assertEquals("private", answer.get("type").asString(), answer::toString);
        String id = answer.get("channel").asString();
        if (known == null) {
            assertFalse(crowd.model().exists(id), () -> id + " is somebody else's");
        } else {
            assertEquals(known, id, "the chat of " + seat + " and " + name);
        }
        String key = View.key(seat.name);
        Stream.of(
                        List.of(seat),
                        all(crowd, seat),
                        all(crowd, other).stream()
                                .filter(one -> !one.blocked.contains(key))
                                .toList())
                .flatMap(List::stream)
                .forEach(one -> crowd.model().enter(one, id));
        crowd.model().room(id).owners = Set.of(person(seat), person(other));
        return seat + " from " + room.id + " begins a chat with " + other + ": " + id;
    }

    private static Object person(Seat seat) {
        return Objects.requireNonNull(seat.person);
    }

    private static @Nullable String chatOf(Crowd crowd, Seat one, Seat other) {
        Set<Object> both = Set.of(person(one), person(other));
        return crowd.model().rooms().stream()
                .filter(room -> both.equals(room.owners))
                .map(room -> room.id)
                .findFirst()
                .orElse(null);
    }

    static @Nullable String block(Crowd crowd) {
        Seat seat = speaker(crowd);
        if (seat == null) {
            return null;
        }
        String name = anybodyElse(crowd, seat, anyRoom(crowd, seat));
        if (name == null) {
            return null;
        }
        done(seat, "block", ",'user':'" + name + "'");
        all(crowd, seat).forEach(one -> one.blocked.add(View.key(name)));
        if (seat.loggedIn) {
            seat.human.blocked.add(View.key(name));
        } else {
            seat.ownBlocked();
        }
        return seat + " blocks " + name;
    }

    static @Nullable String unblock(Crowd crowd) {
        Seat seat = crowd.seat(one -> one.confirmed && !one.blocked.isEmpty());
        if (seat == null) {
            return null;
        }
        String key = seat.blocked.iterator().next();
        done(seat, "unblock", ",'user':'" + key + "'");
        all(crowd, seat).forEach(one -> {
            one.blocked.remove(key);
            one.blockedAsGuest.remove(key);
        });
        if (seat.loggedIn) {
            seat.human.blocked.remove(key);
        } else {
            seat.ownBlocked();
        }
        return seat + " unblocks " + key;
    }
}
