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
 * A server that tells who is here as most do: at each arrival and each departure every member gets the whole list, with
 * an encoding and a write of his own. With {@code -Dlisted=200} a list of more names is left out and only the count is
 * told, as Weir does; but still to everybody and each time. For the rest it is as cheap as the floors, on whose loop it
 * runs: a name counts as soon as it is asked for, nobody is pinged, nothing is sorted. So it costs less than a server
 * that somebody would use.
 *
 * <p>It holds nothing for slow readers: all else waits until a member's socket has taken his list, and who takes nothing
 * for ten seconds is closed. Queues were rejected: they end in closed clients or in an OutOfMemoryError where lists are
 * made faster than they are read.
 *
 * <p>Threading: confined to the thread of its loop.
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
        // nobody speaks here
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
            tell(channel);
        }
    }

    @Override
    public void left(FloorMember member, FloorChannel channel) {
        if (namesIn(channel).remove(member) != null) {
            tell(channel);
        }
    }

    @Override
    public void endOfPass() {
        // nothing waits for the end of a pass here
    }

    /** Tells all members; and tells those who are left once more, if some were found to be gone. */
    private void tell(FloorChannel channel) {
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

    /** The same where there are too many to list. */
    record Count(String type, int count) {}
}
