package chat.weir.bench.load;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that every delivery is the next message of a sender in the client's channel. A correct delivery costs one
 * comparison. Gaps are recorded, so that other deliveries can be classified as lost, duplicated or reordered.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class DeliveryCheck {
    private static final int MAX_GAPS = 1_000_000;

    private final Shape shape;
    /** The next expected sequence number, by client and by sender within the channel. */
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
            outOfOrder(slot, sequence);
        }
    }

    private void outOfOrder(int slot, int sequence) {
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

    /** Whether every client has received the last message of each sender of its channel. */
    boolean isComplete(List<Sender> senders) {
        return outstanding(senders) == 0;
    }

    /** Fails after any incorrect delivery, or if messages are missing. */
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
