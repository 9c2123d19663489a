package chat.weir.history;

/** A draft with its assigned id and timestamp. */
record StampedDraft(MessageDraft draft, long id, long timestamp) {}
