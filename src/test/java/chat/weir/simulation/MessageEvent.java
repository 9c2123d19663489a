package chat.weir.simulation;

import tools.jackson.databind.JsonNode;

/**
 * A message, or a change of one, as members receive it.
 *
 * @param id the id of the message
 * @param content the text, the emoji, or empty
 * @param replyTo the id of the message that a message answers; 0: none
 * @param timestamp of a message or an edit in Unix seconds; 0 otherwise
 */
record MessageEvent(long seq, String type, long id, String user, String content, long replyTo, long timestamp) {
    static final String MESSAGE = "message";
    static final String EDIT = "edit";
    static final String DELETE = "delete";
    static final String REACT = "react";
    static final String UNREACT = "unreact";

    static MessageEvent message(long id, String user, String text, long replyTo, long timestamp) {
        return new MessageEvent(id, MESSAGE, id, user, text, replyTo, timestamp);
    }

    /** Reads an envelope. A message's number is its id. */
    static MessageEvent of(JsonNode envelope) {
        long id = envelope.get("id").asLong();
        return new MessageEvent(
                envelope.path("seq").asLong(id),
                envelope.get("type").asString(),
                id,
                envelope.get("user").asString(),
                envelope.path("text").asString(envelope.path("emoji").asString("")),
                envelope.path("replyTo").asLong(0),
                envelope.path("timestamp").asLong(0));
    }

    boolean isMessage() {
        return type.equals(MESSAGE);
    }

    boolean isDeletion() {
        return type.equals(DELETE);
    }

    /** Whether it shows the text of its message. */
    boolean hasText() {
        return isMessage() || type.equals(EDIT);
    }

    MessageEvent withContent(String other) {
        return new MessageEvent(seq, type, id, user, other, replyTo, timestamp);
    }
}
