package chat.weir.history;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Creates drafts and records their outcomes in order. */
public final class DraftOutcomes {
    public static final Author BOB = new Author(UserName.parse("Bob").orElseThrow(), Author.GUEST);

    /** The {@code failure} of a message that another process has stored. */
    public static final String STORED_BEFORE = "stored before";

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<ChangeOutcome> changes = new ArrayList<>();

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

    /**
     * The outcome of a change.
     *
     * @param result {@code stored}, {@code unchanged}, {@code late}, or the reason of the failure
     */
    public record ChangeOutcome(MessageChange change, String result, long seq) {}

    private record RecordingChange(DraftOutcomes to, ChannelId channel, Author author, MessageChange change)
            implements ChangeDraft {
        @Override
        public void stored(long seq, long timestamp) {
            to.add(new ChangeOutcome(change, "stored", seq));
        }

        @Override
        public void unchanged() {
            to.add(new ChangeOutcome(change, "unchanged", 0));
        }

        @Override
        public void failed(ChatException why) {
            to.add(new ChangeOutcome(change, why.reason().wireName(), 0));
        }

        @Override
        public void storedAfterFailure(long seq, long timestamp) {
            to.add(new ChangeOutcome(change, "late", seq));
        }
    }

    /** A message with more than a text. */
    private record RecordingMessage(
            RecordingDraft draft, long replyTo, @Nullable MessageRef storedRef) implements MessageDraft {
        @Override
        public ChannelId channel() {
            return draft.channel();
        }

        @Override
        public Author author() {
            return draft.author();
        }

        @Override
        public String text() {
            return draft.text();
        }

        @Override
        public void stored(long seq, long timestamp) {
            draft.stored(seq, timestamp);
        }

        @Override
        public void storedBefore(long id, long timestamp) {
            draft.to.add(new Outcome(draft.channel, id, timestamp, draft.author, draft.text, STORED_BEFORE));
        }

        @Override
        public void failed(ChatException why) {
            draft.failed(why);
        }
    }

    private synchronized void add(ChangeOutcome outcome) {
        changes.add(outcome);
    }

    public ChangeDraft change(ChannelId channel, Author author, MessageChange change) {
        return new RecordingChange(this, channel, author, change);
    }

    public MessageDraft reply(ChannelId channel, long replyTo, String text) {
        return new RecordingMessage(new RecordingDraft(this, channel, BOB, text), replyTo, null);
    }

    /**
     * A message with a ref.
     *
     * @param refOwner which guest the author is; 0 for an account
     */
    public MessageDraft draft(ChannelId channel, Author author, String text, long refOwner, String ref) {
        return new RecordingMessage(
                new RecordingDraft(this, channel, author, text),
                StoredMessage.NONE,
                MessageRef.of(author, refOwner, ref, text));
    }

    public synchronized List<ChangeOutcome> changes() {
        return List.copyOf(changes);
    }

    /** Waits for this number of outcomes of changes. @return the last */
    public ChangeOutcome awaitChange(int count) {
        Awaitility.await("outcomes")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> changes().size() >= count);
        return changes().get(count - 1);
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
