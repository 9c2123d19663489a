package chat.weir.history;

/** A message to be stored, without an id. */
public interface MessageDraft extends EventDraft {
    /**
     * The id of the message that this one answers; {@link StoredMessage#NONE}: it answers none. If there is no such
     * message, the draft fails with 404.
     */
    default long replyTo() {
        return StoredMessage.NONE;
    }
}
