package chat.weir.channel;

import chat.weir.history.Author;
import chat.weir.history.ChangeDraft;
import chat.weir.history.MessageChange;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;

/**
 * A change that is being published.
 *
 * <p>Threading: immutable.
 */
record PendingChange(
        ChannelId channel, Author author, MessageChange change, Publisher publisher, ChangeListener listener)
        implements ChangeDraft {
    /** Takes the outcome of storing a change. */
    interface Publisher {
        /** The change is stored. */
        void publish(PendingChange pending, long seq, long timestamp);

        /** The change has no effect, so it is not stored. */
        void skip(PendingChange pending);

        /** The change is refused or cannot be stored. */
        void giveUp(PendingChange pending, ChatException why);

        /** A change that was given up is stored after all. */
        void publishLate(PendingChange pending, long seq, long timestamp);
    }

    @Override
    public void stored(long seq, long timestamp) {
        publisher.publish(this, seq, timestamp);
    }

    @Override
    public void unchanged() {
        publisher.skip(this);
    }

    @Override
    public void failed(ChatException why) {
        publisher.giveUp(this, why);
    }

    @Override
    public void storedAfterFailure(long seq, long timestamp) {
        publisher.publishLate(this, seq, timestamp);
    }
}
