package chat.weir.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is true of one channel.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Room {
    final String id;
    final Set<Seat> seats = new LinkedHashSet<>();
    final Map<String, Typist> typists = new LinkedHashMap<>();

    /** Who lost a name and may take it back, by the names' keys. */
    final Map<String, Lost> lost = new LinkedHashMap<>();

    final List<Said> messages = new ArrayList<>();

    /** Whose private chat it is; empty: everybody's. */
    Set<Object> owners = Set.of();

    /** How many of the messages have been found in the server's history. */
    int found;

    /** Whether a list has to be sent to all. */
    Listing listing = Listing.SENT;

    enum Listing {
        SENT,
        DUE,
        /** It may have been sent already, or there was nobody to get it. */
        UNSURE
    }

    /** Somebody is writing. */
    record Typist(String name, Seat seat, int since) {}

    /** @param secret null: of another channel than the seat's own, where it is known to nobody */
    record Lost(@Nullable String secret, @Nullable Object person, boolean confirmed, int at) {}

    record Said(long id, String user, String text) {
        @Override
        public String toString() {
            return id + " " + user + ": " + text;
        }
    }

    Room(String id) {
        this.id = id;
    }

    boolean isPrivate() {
        return id.startsWith("@");
    }

    /** Who is here, by the names' keys. */
    SortedMap<String, String> present() {
        SortedMap<String, String> present = new TreeMap<>();
        for (Seat seat : seats) {
            String name = seat.presentAs();
            if (name != null) {
                present.put(View.key(name), name);
            }
        }
        return present;
    }

    /** As the server should tell it, which lists so many at most. */
    String listing(int limit) {
        SortedMap<String, String> present = present();
        return View.listing(present.size() <= limit ? present.values() : List.of(), present.size());
    }

    /** Whoever has the name here, may he speak under it or not. */
    @Nullable
    Seat holder(String key) {
        return seats.stream().filter(seat -> seat.isCalled(key)).findFirst().orElse(null);
    }
}
