package chat.weir.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server with the usual implementation of presence: at each join and leave, every member receives the whole list,
 * encoded and written separately. With {@code -Dlisted=200} it sends only the number of users if there are more than 200,
 * as Weir does, but to every member at each change. Otherwise it is as cheap as the floors, on whose loop it runs: names need no
 * confirmation, there are no pings, and lists are not sorted. So it costs less than a real server.
 *
 * <p>It has no queues for slow readers: the loop blocks until a member's socket has accepted the list, and a client
 * that reads nothing for ten seconds is closed. Queues were rejected: where lists are produced faster than they are
 * read, they end in closed clients or in an OutOfMemoryError.
 *
 * <p>Threading: confined to its loop's thread.
 */
final class ListingServer implements Delivery {
    private static final String ACCEPTED = "{\"type\":\"identity\",\"success\":\"true\"}";
    private static final String AUTHENTICATED = "{\"type\":\"heartbeat\",\"authenticated\":\"true\"}";
    private static final int FRAME_BYTES = 1024 * 1024;

    private final JsonMapper json = new JsonMapper();
    private final Map<FloorChannel, Map<FloorMember, String>> present = new HashMap<>();
    private final ByteBuffer frame = ByteBuffer.allocateDirect(FRAME_BYTES);
    private final int listed;

    private ListingServer(int listed) {
        this.listed = listed;
    }

    public static void main(String[] args) throws IOException {
        int listed = Integer.getInteger("listed", Integer.MAX_VALUE);
        new FloorLoop(Integer.parseInt(args[0]), new ListingServer(listed)).run();
    }

    @Override
    public void message(FloorChannel channel, ByteBuffer masked, ClientFrame received) {
        // Clients send no messages.
    }

    @Override
    public void other(FloorMember from, FloorChannel channel, ByteBuffer masked, ClientFrame received) {
        ByteBuffer payload = ByteBuffer.allocate(received.length());
        received.unmaskInto(payload, masked, 0);
        JsonNode envelope = json.readTree(payload.array());
        if (envelope.path("type").asString("").equals("identity")) {
            namesIn(channel).put(from, envelope.path("user").asString(""));
            from.write(FloorFrames.text(ACCEPTED));
            from.write(FloorFrames.text(AUTHENTICATED));
            broadcastUsers(channel);
        }
    }

    @Override
    public void left(FloorMember member, FloorChannel channel) {
        if (namesIn(channel).remove(member) != null) {
            broadcastUsers(channel);
        }
    }

    @Override
    public void endOfCycle() {
        // Nothing is buffered.
    }

    /** Sends the users to all members, and again to the remaining ones if some had disconnected. */
    private void broadcastUsers(FloorChannel channel) {
        Map<FloorMember, String> names = namesIn(channel);
        do {
            channel.writeToEach(() -> users(names.values()));
        } while (names.keySet().removeIf(member -> member.channel() == null));
    }

    private ByteBuffer users(Collection<String> names) {
        byte[] payload = names.size() > listed
                ? json.writeValueAsBytes(new Count("users", names.size()))
                : json.writeValueAsBytes(new Users("users", List.copyOf(names), names.size()));
        FloorFrames.putHeader(frame.clear(), payload.length);
        return frame.put(payload).flip();
    }

    private Map<FloorMember, String> namesIn(FloorChannel channel) {
        return present.computeIfAbsent(channel, unknown -> new LinkedHashMap<>());
    }

    /** The envelope {@code users}. */
    record Users(String type, List<String> users, int count) {}

    /** The envelope {@code users} without a list. */
    record Count(String type, int count) {}
}
