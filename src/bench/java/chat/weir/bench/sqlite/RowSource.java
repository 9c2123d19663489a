package chat.weir.bench.sqlite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the messages that the load generator sends: eight from one channel, as many as it keeps outstanding, then
 * eight from the next one. The ids of a channel are consecutive.
 *
 * <p>Threading: confined to the thread that inserts.
 */
final class RowSource {
    private static final int IN_TURN = 8;
    private static final String AUTHOR = "sender_00";
    private static final long SENT_AT = 1_652_997_756;
    private static final long FIRST_ID = 1_652_997_756_123_456L;

    private final String[] channels;
    private final long[] lastIds;
    private long count;

    RowSource(int channels) {
        this.channels = new String[channels];
        this.lastIds = new long[channels];
        for (int i = 0; i < channels; i++) {
            this.channels[i] = "bench-" + i;
            this.lastIds[i] = FIRST_ID;
        }
    }

    List<String> channels() {
        return List.of(channels);
    }

    /** The rows of the next transaction, by channel. */
    Map<String, List<MessageRow>> next(int rows) {
        Map<String, List<MessageRow>> byChannel = new LinkedHashMap<>();
        for (int i = 0; i < rows; i++) {
            int channel = (int) (count / IN_TURN % channels.length);
            String text = "s000n" + (100_000_000 + count % 100_000_000) + "t000000123456789..";
            MessageRow row = new MessageRow(channels[channel], ++lastIds[channel], SENT_AT, AUTHOR, text);
            byChannel
                    .computeIfAbsent(row.channel(), unused -> new ArrayList<>())
                    .add(row);
            count++;
        }
        return byChannel;
    }
}
