package chat.weir.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Clients that connect evenly over a period, take a name, answer pings and wait for the complete number of users of
 * their channel. If the server falls behind with accepting, later clients are delayed.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class ArrivalRound implements FrameListener {
    private static final double NANOS = 1e9;

    private final String channel;
    private final int clients;
    private final int perChannel;
    private final long spreadNanos;
    private final int[] told;
    private final boolean[] authenticated;
    private int begun;
    private int arrived;
    private int complete;
    private long start;
    private long lastArrival;

    ArrivalRound(String channel, int clients, int perChannel, Duration spread) {
        this.channel = channel;
        this.clients = clients;
        this.perChannel = perChannel;
        this.spreadNanos = spread.toNanos();
        this.told = new int[clients];
        this.authenticated = new boolean[clients];
    }

    /** Runs until all clients know the complete number, or until the time limit. */
    void run(ClientLoop loop, Duration limit) throws IOException {
        start = System.nanoTime();
        for (long now = 0; complete < clients && now < limit.toNanos(); now = System.nanoTime() - start) {
            long due = Math.min(clients, 1 + now * clients / spreadNanos);
            while (begun < due
                    && loop.connectIfPossible(begun, "/" + channel + "-" + begun / perChannel + "?heartbeat=pong")) {
                begun++;
            }
            loop.poll(1);
        }
    }

    boolean isComplete() {
        return complete == clients;
    }

    /** The number of users that the first client has received last. */
    int lastCountOfFirst() {
        return told[0];
    }

    int arrived() {
        return arrived;
    }

    /** The seconds from the first connection until the last client was authenticated. */
    double secondsToLastArrival() {
        return (lastArrival - start) / NANOS;
    }

    @Override
    public void joined(Client client) {
        client.append(ClientFrames.text("{\"type\":\"identity\",\"user\":\"guest_" + client.number() + "\"}"));
        try {
            client.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void users(Client client, int count) {
        int before = told[client.number()];
        if (count > perChannel) {
            throw new LoadFailure("client " + client.number() + " was told of " + count + " users of " + perChannel);
        }
        told[client.number()] = count;
        complete += (count == perChannel ? 1 : 0) - (before == perChannel ? 1 : 0);
    }

    @Override
    public void other(Client client, String payload) {
        if (payload.startsWith("{\"type\":\"heartbeat\"")) {
            heartbeat(client.number(), payload.contains("\"authenticated\":\"true\""));
        } else if (payload.startsWith("{\"type\":\"identity\"") && !payload.contains("\"success\":\"true\"")) {
            throw new LoadFailure("client " + client.number() + " was refused its name: " + payload);
        }
    }

    private void heartbeat(int client, boolean isAuthenticated) {
        if (authenticated[client] && !isAuthenticated) {
            throw new LoadFailure("client " + client + " has lost its name");
        }
        if (isAuthenticated && !authenticated[client]) {
            authenticated[client] = true;
            arrived++;
            lastArrival = System.nanoTime();
        }
    }

    @Override
    public void message(Client client, ByteBuffer buffer, int payload, long nanos) {
        throw new LoadFailure("received a message although no client sends");
    }
}
