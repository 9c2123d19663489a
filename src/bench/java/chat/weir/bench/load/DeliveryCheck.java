package chat.weir.bench.load;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds every delivery against what it must be: of a sender of the client's own channel, and the next one of that
 * sender. As long as that is so, a delivery costs one comparison; what is out of turn is told apart into lost, doubled
 * and reordered by remembering the gaps.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class DeliveryCheck {
    private static final int MAX_GAPS = 1_000_000;

    private final Shape shape;
    /** By client and sender within the channel, the sequence number that must come next. */
    private final int[] expected;

    private final int[] firstSender;
    private final Set<Long> gaps = new HashSet<>();
    private long lost;
    private long doubled;
    private long reordered;
    private long foreign;

    DeliveryCheck(Shape shape) {
        this.shape = shape;
        this.expected = new int[shape.clients() * shape.senders()];
        this.firstSender = new int[shape.clients()];
        for (int client = 0; client < firstSender.length; client++) {
            firstSender[client] = shape.firstSenderOf(shape.channelOf(client));
        }
    }

    void delivered(int client, int sender, int sequence) {
        int inChannel = sender - firstSender[client];
        if (inChannel < 0 || inChannel >= shape.senders()) {
            foreign++;
            return;
        }
        int slot = client * shape.senders() + inChannel;
        if (expected[slot] == sequence) {
            expected[slot] = sequence + 1;
        } else {
            outOfTurn(slot, sequence);
        }
    }

    private void outOfTurn(int slot, int sequence) {
        for (int missing = expected[slot]; missing < sequence; missing++) {
            if (gaps.size() >= MAX_GAPS || !gaps.add(gap(slot, missing))) {
                lost++;
            }
        }
        if (sequence < expected[slot]) {
            if (gaps.remove(gap(slot, sequence))) {
                reordered++;
            } else {
                doubled++;
            }
        }
        expected[slot] = Math.max(expected[slot], sequence + 1);
    }

    private static long gap(int slot, int sequence) {
        return (long) slot << 32 | sequence;
    }

    /** Whether every client has got the last message of each sender of its channel. */
    boolean isComplete(List<Sender> senders) {
        return outstanding(senders) == 0;
    }

    /** Fails if anything was not as it must be, what has not arrived by now included. */
    void verify(List<Sender> senders) {
        long missing = outstanding(senders);
        if (lost + gaps.size() + doubled + reordered + foreign + missing > 0) {
            throw new LoadFailure("deliveries lost " + (lost + gaps.size()) + ", doubled " + doubled + ", reordered "
                    + reordered + ", of a foreign channel " + foreign + ", not arrived by now " + missing);
        }
    }

    private long outstanding(List<Sender> senders) {
        long sum = 0;
        for (int slot = 0; slot < expected.length; slot++) {
            int client = slot / shape.senders();
            int sender = firstSender[client] + slot % shape.senders();
            sum += Math.max(0, senders.get(sender).sent() - expected[slot]);
        }
        return sum;
    }
}
