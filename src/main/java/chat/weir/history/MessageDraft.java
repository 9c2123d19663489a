package chat.weir.history;

import org.jspecify.annotations.Nullable;

/** A message to be stored, without an id. */
public interface MessageDraft extends EventDraft {
    @Override
    default String noun() {
        return "message";
    }

    /**
     * The id of the message that this one answers; {@link StoredMessage#NONE}: it answers none. If there is no such
     * message, the draft fails with 404.
     */
    default long replyTo() {
        return StoredMessage.NONE;
    }

    /** By what the message is recognised if it is sent again to another process; null: it is not recognised. */
    default @Nullable MessageRef storedRef() {
        return null;
    }

    /**
     * An earlier process or another server has stored the same message, so this draft is not stored. Called instead of
     * {@code stored}, only for a draft with a {@link #storedRef}.
     *
     * @param id of the stored message
     * @param timestamp of the stored message, in Unix seconds
     */
    default void storedBefore(long id, long timestamp) {
        throw new IllegalStateException("a message without a ref cannot be recognised");
    }
}
