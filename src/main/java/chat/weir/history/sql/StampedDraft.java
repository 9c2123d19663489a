package chat.weir.history.sql;

import chat.weir.history.EventDraft;

/** A draft with its assigned id and timestamp. */
record StampedDraft(EventDraft draft, long id, long timestamp) {}
