package chat.weir.history.sql;

import chat.weir.history.MessageDraft;

/** A draft with its assigned id and timestamp. */
record StampedDraft(MessageDraft draft, long id, long timestamp) {}
