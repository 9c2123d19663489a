package chat.weir.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is true: computed from what people do and from the seconds that pass, by the words of the protocol alone. What
 * others should hear of a change is told from who is here before it and after it.
 *
 * <p>Time is in whole seconds. Everybody acts one hundredth of a second after a full one and all heartbeats come between
 * that and the next, so that five seconds are always over within the sixth.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Model {
    /** Of silence, of the grace, and of typing. */
    private static final int PATIENCE = 5;

    private final int listLimit;
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final List<Seat> seats = new ArrayList<>();
    private final Set<Seat> falling = new HashSet<>();

    /**
     * The names of those of whom several connections fall silent in one second: either may be the first, and hears then
     * that the last one has left.
     */
    private final Set<String> fallingTogether = new HashSet<>();

    /** Where it depends on the order of the heartbeats whether there are few enough to be told of. */
    private final Set<Room> unsure = new HashSet<>();

    private final Set<Room> changed = new HashSet<>();
    private int now;

    /** @param listLimit the most people whose coming and going is told */
    Model(int listLimit) {
        this.listLimit = listLimit;
    }

    int now() {
        return now;
    }

    List<Seat> seats() {
        return seats;
    }

    Collection<Room> rooms() {
        return rooms.values();
    }

    Room room(String id) {
        return rooms.computeIfAbsent(id, Room::new);
    }

    boolean exists(String id) {
        return rooms.containsKey(id);
    }

    /** Somebody connects. */
    void sit(Seat seat) {
        seats.add(seat);
        seat.heardAt = now;
        enter(seat, seat.client.own());
    }

    /** Somebody enters a channel under the name that he has, which is free there. */
    void enter(Seat seat, String id) {
        if (seat.rooms.containsKey(id)) {
            return;
        }
        Room room = room(id);
        if (seat.name != null) {
            room.lost.remove(View.key(seat.name));
        }
        observe(Set.of(room), seat, () -> {
            seat.rooms.put(id, new Expected());
            room.seats.add(seat);
        });
    }

    void leave(Seat seat, String id) {
        Room room = room(id);
        remember(seat, room);
        observe(Set.of(room), seat, () -> stand(seat, room));
        forget(room);
    }

    private static void stand(Seat seat, Room room) {
        seat.rooms.remove(room.id);
        room.seats.remove(seat);
    }

    private void forget(Room room) {
        if (room.seats.isEmpty() && room.isPrivate()) {
            rooms.remove(room.id);
        }
    }

    /** A connection has ended. */
    void vanish(Seat seat) {
        loseName(seat, true);
        List.copyOf(roomsOf(seat)).forEach(room -> leave(seat, room.id));
        seats.remove(seat);
    }

    List<Room> roomsOf(Seat seat) {
        return seat.rooms.keySet().stream().map(this::room).toList();
    }

    /**
     * Somebody becomes anonymous, and may not be in private chats any more.
     *
     * @param keeps he may take the name back
     */
    void loseName(Seat seat, boolean keeps) {
        if (seat.name == null) {
            return;
        }
        if (keeps) {
            roomsOf(seat).forEach(room -> remember(seat, room));
        }
        List<Room> all = roomsOf(seat);
        observe(all, seat, () -> {
            seat.name = null;
            seat.confirmed = false;
            seat.person = null;
            seat.secret = null;
            all.stream().filter(Room::isPrivate).forEach(room -> stand(seat, room));
        });
        all.forEach(this::forget);
        if (seat.loggedIn && !keeps) {
            seat.forgetBlocked();
        }
        seat.loggedIn = false;
        seat.client.hasChanged();
    }

    private void remember(Seat seat, Room room) {
        if (seat.name != null && !seat.loggedIn) {
            String secret = room.id.equals(seat.client.own()) ? seat.secret : null;
            room.lost.put(View.key(seat.name), new Room.Lost(secret, seat.person, seat.confirmed, now));
        }
    }

    /** Makes a change, and works out what the others in these channels should hear of it. */
    void observe(Collection<Room> where, Seat actor, Runnable change) {
        Map<Room, SortedMap<String, String>> before = new LinkedHashMap<>();
        where.forEach(room -> before.put(room, room.present()));
        String name = actor.presentAs();
        change.run();
        before.forEach((room, present) -> {
            boolean isGone = !room.seats.contains(actor) || !Objects.equals(name, actor.presentAs());
            if (name != null && isGone) {
                endTyping(room, View.key(name), actor);
            }
            compare(room, present, actor);
        });
    }

    private void compare(Room room, SortedMap<String, String> before, Seat actor) {
        SortedMap<String, String> after = room.present();
        Set<String> gone = new LinkedHashSet<>(before.values());
        gone.removeAll(after.values());
        Set<String> come = new LinkedHashSet<>(after.values());
        come.removeAll(before.values());
        if (gone.isEmpty() && come.isEmpty()) {
            return;
        }
        changed.add(room);
        room.listing = room.seats.isEmpty() ? Room.Listing.UNSURE : Room.Listing.DUE;
        if (after.size() <= listLimit || unsure.contains(room)) {
            String from = String.join(",", gone);
            String to = String.join(",", come);
            String text =
                    come.isEmpty() ? "left " + from : gone.isEmpty() ? "joined " + to : "renamed " + from + " " + to;
            tell(room, new News(text, come.isEmpty() ? from : to, false), actor);
        }
    }

    /** @param blockable not for those who want to hear nothing from him */
    private record News(String text, String about, boolean blockable) {}

    private void tell(Room room, News news, @Nullable Seat actor) {
        String key = View.key(news.about());
        for (Seat seat : room.seats) {
            boolean isDeaf = news.blockable() && seat.blocked.contains(key);
            boolean mayFallFirst = falling.contains(seat) && fallingTogether.contains(key);
            boolean isHe = (seat.equals(actor) || seat.isCalled(key)) && !mayFallFirst;
            if (!isHe && !isDeaf) {
                boolean isCertain = !falling.contains(seat) && (news.blockable() || !unsure.contains(room));
                expected(seat, room).news(news.text(), isCertain);
            }
        }
    }

    static Expected expected(Seat seat, Room room) {
        Expected expected = seat.rooms.get(room.id);
        if (expected == null) {
            throw new IllegalStateException(seat + " is not in " + room.id);
        }
        return expected;
    }

    void type(Seat seat, Room room, String name) {
        if (room.typists.put(View.key(name), new Room.Typist(name, seat, now)) == null) {
            tell(room, new News("typing " + name, name, true), seat);
        }
    }

    /** @param on only if he was typing there; null: wherever */
    void endTyping(Room room, String key, @Nullable Seat on) {
        Room.Typist typist = room.typists.get(key);
        if (typist != null && (on == null || on.equals(typist.seat()))) {
            room.typists.remove(key);
            tell(room, new News("doneTyping " + typist.name(), typist.name(), true), on);
        }
    }

    void say(Room room, Room.Said said) {
        String key = View.key(said.user());
        endTyping(room, key, null);
        room.messages.add(said);
        for (Seat seat : room.seats) {
            if (!seat.blocked.contains(key)) {
                expected(seat, room).message(said.toString());
            }
        }
    }

    /** A second passes, with one heartbeat for everybody. */
    void tick() {
        changed.clear();
        List<Seat> risen = new ArrayList<>();
        for (Seat seat : seats) {
            if (seat.name != null && now - seat.heardAt >= PATIENCE) {
                falling.add(seat);
            } else if (seat.name != null && !seat.confirmed && now - seat.namedAt >= PATIENCE) {
                risen.add(seat);
            }
        }
        Set<String> fallen = new HashSet<>();
        falling.stream()
                .map(seat -> View.key(String.valueOf(seat.name)))
                .filter(key -> !fallen.add(key))
                .forEach(fallingTogether::add);
        rooms.values().stream().filter(room -> isUnsure(room, risen)).forEach(unsure::add);
        for (Room room : rooms.values()) {
            List.copyOf(room.typists.values()).stream()
                    .filter(typist -> now - typist.since() >= PATIENCE)
                    .forEach(typist -> endTyping(room, View.key(typist.name()), null));
        }
        seats.stream().filter(falling::contains).toList().forEach(seat -> loseName(seat, true));
        risen.forEach(seat -> {
            observe(roomsOf(seat), seat, () -> seat.confirmed = true);
            seat.client.hasChanged();
        });
        falling.clear();
        fallingTogether.clear();
        unsure.clear();
        now++;
    }

    private boolean isUnsure(Room room, List<Seat> risen) {
        int present = room.present().size();
        long up = risen.stream().filter(room.seats::contains).count();
        long down = falling.stream().filter(room.seats::contains).count();
        boolean isNeverOver = present + up <= listLimit;
        boolean isAlwaysOver = present - down > listLimit;
        return !isNeverOver && !isAlwaysOver;
    }

    /** Whether who is here has changed in the last second, or since. */
    boolean hasChanged(Room room) {
        return changed.contains(room);
    }
}
