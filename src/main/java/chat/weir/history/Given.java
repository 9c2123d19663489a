package chat.weir.history;

/** A draft with the id and the time that it has been given. */
record Given(Draft draft, long id, long timestamp) {}
