package chat.weir.history;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Creates drafts and records their outcomes in order. */
public final class DraftOutcomes {
    public static final Author BOB = new Author(UserName.parse("Bob").orElseThrow(), Author.GUEST);

    private final List<Outcome> outcomes = new ArrayList<>();

    /**
     * The outcome of a draft.
     *
     * @param failure why it was not stored; empty if it was
     */
    public record Outcome(ChannelId channel, long id, long timestamp, Author author, String text, String failure) {
        boolean isStored() {
            return failure.isEmpty();
        }

        StoredMessage message() {
            return new StoredMessage(id, timestamp, author, text);
        }
    }

    private record RecordingDraft(DraftOutcomes to, ChannelId channel, Author author, String text)
            implements MessageDraft {
        @Override
        public void stored(long id, long timestamp) {
            to.add(new Outcome(channel, id, timestamp, author, text, ""));
        }

        @Override
        public void failed(ChatException why) {
            to.add(new Outcome(channel, 0, 0, author, text, why.text()));
        }
    }

    private synchronized void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    public MessageDraft draft(ChannelId channel, Author author, String text) {
        return new RecordingDraft(this, channel, author, text);
    }

    public MessageDraft draft(ChannelId channel, String text) {
        return draft(channel, BOB, text);
    }

    public synchronized List<Outcome> all() {
        return List.copyOf(outcomes);
    }

    public List<Outcome> stored() {
        return all().stream().filter(Outcome::isStored).toList();
    }

    public List<Outcome> failed() {
        return all().stream().filter(Predicate.not(Outcome::isStored)).toList();
    }

    public List<StoredMessage> storedIn(ChannelId channel) {
        return stored().stream()
                .filter(outcome -> outcome.channel().equals(channel))
                .map(Outcome::message)
                .toList();
    }

    /** Waits for this number of outcomes. */
    public List<Outcome> await(int count) {
        Awaitility.await("outcomes").until(() -> all().size() >= count);
        return all();
    }
}
