package chat.weir.bench.load;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Authenticates the senders (section 1 of the protocol): sends {@code identity}, then answers every heartbeat until one
 * with {@code "authenticated":"true"}, and no later one.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class Login {
    private final BitSet authenticated = new BitSet();

    void begin(Shape shape, List<Sender> senders) throws IOException {
        for (int i = 0; i < senders.size(); i++) {
            Client client = senders.get(i).client();
            client.append(ClientFrames.text(
                    String.format("{\"type\":\"identity\",\"user\":\"sender_%02d\"}", i % shape.senders())));
            client.flush();
        }
    }

    boolean isComplete(List<Sender> senders) {
        return authenticated.cardinality() == senders.size();
    }

    /** Handles a frame other than a message. */
    void take(int sender, Client client, String payload) {
        if (payload.startsWith("{\"type\":\"heartbeat\"")) {
            client.append(ClientFrames.HEARTBEAT);
            if (payload.contains("\"authenticated\":\"true\"")) {
                authenticated.set(sender);
            } else if (authenticated.get(sender)) {
                throw new LoadFailure("sender " + sender + " has lost its login");
            }
        } else if (payload.startsWith("{\"type\":\"identity\"") && !payload.contains("\"success\":\"true\"")) {
            throw new LoadFailure("sender " + sender + " was refused its name: " + payload);
        }
    }
}
