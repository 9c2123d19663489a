package chat.weir.connection;

import chat.weir.history.LogEvent;
import chat.weir.history.MessageLog;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.Frame;
import chat.weir.worker.WorkerPools;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client has missed from the log, and encodes it.
 *
 * <p>Threading: safe.
 *
 * @param maxBytes of all frames; a client that missed more requests it page by page
 */
public record MissedMessages(MessageLog log, WorkerPools workerPools, JsonCodec codec, int maxBytes) {
    /** A client that missed more requests it page by page. */
    static final int MAX_EVENTS = 300;

    /**
     * Runs a task that reads the log.
     *
     * @throws ChatException 503 if too much waits already
     */
    void submit(String address, Runnable task) {
        workerPools.submitQuery(address, task);
    }

    /** Returns the events after a number; empty if they are too many, or the log cannot be read now. */
    Optional<List<LogEvent>> read(ChannelId channel, long since) {
        try {
            return log.since(channel, since, MAX_EVENTS);
        } catch (ChatException e) {
            return Optional.empty();
        }
    }

    /** Encodes the events below a limit; empty if they take too many bytes. */
    Optional<List<Frame>> frames(List<LogEvent> events, long before) {
        return encoded(events.stream().filter(event -> event.seq() < before).toList(), null);
    }

    /**
     * Encodes events; empty if they take too many bytes.
     *
     * @param tag the channel that the frames name; null: they name none
     */
    Optional<List<Frame>> encoded(List<LogEvent> events, @Nullable ChannelId tag) {
        List<Frame> frames = events.stream()
                .map(event -> codec.encode(event.envelope(), tag))
                .toList();
        return length(frames) <= maxBytes ? Optional.of(frames) : Optional.empty();
    }

    /** Returns the greeting, which says whether the client recovered, and behind it the missed events. */
    ByteBuffer greeted(ChannelId channel, Optional<List<Frame>> missed) {
        List<Frame> frames = new ArrayList<>();
        frames.add(codec.encode(new ServerEnvelope.Connection(channel, missed.isPresent(), null)));
        missed.ifPresent(frames::addAll);
        ByteBuffer all = ByteBuffer.allocate(length(frames));
        frames.forEach(frame -> frame.putInto(all));
        return all.flip();
    }

    private static int length(List<Frame> frames) {
        return frames.stream().mapToInt(Frame::length).sum();
    }
}
