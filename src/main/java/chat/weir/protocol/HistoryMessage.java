package chat.weir.protocol;

import tools.jackson.core.JsonGenerator;

/**
 * A message in a page of the history, in its current state. Times are in Unix seconds.
 *
 * @param replyTo the id of the message that this one answers; 0: none
 * @param editedAt when it was last edited; 0: never
 */
public record HistoryMessage(
        long id, String text, long timestamp, UserName user, long replyTo, long editedAt, Reactions reactions) {
    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("text", text);
        out.writeNumberProperty("timestamp", timestamp);
        out.writeStringProperty("user", user.value());
        out.writeNumberProperty("id", id);
        if (replyTo != 0) {
            out.writeNumberProperty("replyTo", replyTo);
        }
        if (editedAt != 0) {
            out.writeNumberProperty("edited", editedAt);
        }
        reactions.write(out);
        out.writeEndObject();
    }
}
