package chat.weir.moderation.model;

import chat.weir.protocol.ChannelId;

/** The scope of a moderation action: one channel, or everywhere. */
public sealed interface Scope {
    Scope EVERYWHERE = new Everywhere();

    static Scope of(ChannelId channel) {
        return new InChannel(channel);
    }

    /**
     * Parses what {@link #text} returns.
     *
     * @throws chat.weir.protocol.ChatException 400 if it is neither {@code *} nor a valid channel id
     */
    static Scope parse(String text) {
        return text.equals(EVERYWHERE.text()) ? EVERYWHERE : of(new ChannelId(text));
    }

    /** The channel id, or {@code *}, which is not a valid channel id. */
    String text();

    /** In one channel. */
    record InChannel(ChannelId channel) implements Scope {
        @Override
        public String text() {
            return channel.value();
        }
    }

    /** All present and future channels. */
    record Everywhere() implements Scope {
        @Override
        public String text() {
            return "*";
        }
    }
}
