package chat.weir.history;

import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;

/** A change of a message. */
public sealed interface MessageChange {
    /** The id of the message. */
    long message();

    /** What is stored besides: the new text, the emoji, or nothing. */
    String text();

    /** What it is, for the texts of errors. */
    String noun();

    /**
     * The change as clients receive it.
     *
     * @param by who changed the message
     * @param timestamp in Unix seconds
     */
    ServerEnvelope envelope(UserName by, long seq, long timestamp);

    /** The message is deleted, with its reactions. */
    record Delete(long message) implements MessageChange {
        @Override
        public String text() {
            return "";
        }

        @Override
        public String noun() {
            return "deletion";
        }

        @Override
        public ServerEnvelope envelope(UserName by, long seq, long timestamp) {
            return new ServerEnvelope.Deleted(message, by, seq);
        }
    }

    /** The message has another text. */
    record Edit(long message, String text) implements MessageChange {
        @Override
        public String noun() {
            return "edit";
        }

        @Override
        public ServerEnvelope envelope(UserName by, long seq, long timestamp) {
            return new ServerEnvelope.Edited(message, text, by, timestamp, seq);
        }
    }

    /** The author reacts to the message. */
    record React(long message, String emoji) implements MessageChange {
        @Override
        public String text() {
            return emoji;
        }

        @Override
        public String noun() {
            return "reaction";
        }

        @Override
        public ServerEnvelope envelope(UserName by, long seq, long timestamp) {
            return new ServerEnvelope.Reaction(false, message, emoji, by, seq);
        }
    }

    /** The author takes a reaction back. */
    record Unreact(long message, String emoji) implements MessageChange {
        @Override
        public String text() {
            return emoji;
        }

        @Override
        public String noun() {
            return "removal of the reaction";
        }

        @Override
        public ServerEnvelope envelope(UserName by, long seq, long timestamp) {
            return new ServerEnvelope.Reaction(true, message, emoji, by, seq);
        }
    }
}
