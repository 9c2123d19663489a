package chat.weir.bench.sqlite;

import java.time.Duration;
import java.util.List;

/**
 * The options of a run, passed on its command line in this order.
 *
 * @param synchronous {@code FULL} or {@code NORMAL}
 * @param channels the number of channels that take turns, eight rows each
 * @param batch the number of rows in a transaction
 */
public record InsertOptions(String synchronous, int channels, int batch, Duration warmUp, Duration duration) {

    static InsertOptions parse(String[] words) {
        return new InsertOptions(
                words[0],
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Duration.parse(words[3]),
                Duration.parse(words[4]));
    }

    public List<String> words() {
        return List.of(
                synchronous,
                Integer.toString(channels),
                Integer.toString(batch),
                warmUp.toString(),
                duration.toString());
    }
}
