package chat.weir.history;

/** A draft with the id and the time that it has been given. */
record StampedDraft(MessageDraft draft, long id, long timestamp) {}
