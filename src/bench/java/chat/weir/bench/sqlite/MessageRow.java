package chat.weir.bench.sqlite;

/** A row of the table {@code message}, written by a guest. */
record MessageRow(String channel, long id, long sentAt, String author, String text) {}
