package chat.weir.history;

/**
 * A change to be stored. It fails with 404 if there is no such message, and with 409 if the message has too many
 * reactions. The rights of the author have been checked before.
 */
public interface ChangeDraft extends EventDraft {
    MessageChange change();

    @Override
    default String text() {
        return change().text();
    }

    @Override
    default String noun() {
        return change().noun();
    }

    /** The message is as requested already: nothing is stored or delivered. Called instead of {@code stored}. */
    void unchanged();

    /**
     * It was unknown whether the change was stored, so it {@code failed}; now it turns out that it was, and it may be
     * delivered. A change is not removed like a message, because applying it again does no harm. Called in the channel's
     * order, as {@code stored} is.
     */
    void storedAfterFailure(long seq, long timestamp);
}
