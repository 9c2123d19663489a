package chat.weir.moderation;

import chat.weir.protocol.ChannelId;

/** Where a moderation action holds: in a channel, or everywhere. */
public sealed interface Scope {
    Scope EVERYWHERE = new Everywhere();

    static Scope of(ChannelId channel) {
        return new InChannel(channel);
    }

    /**
     * Reads what {@link #text} writes.
     *
     * @throws chat.weir.protocol.ChatException 400 if it is neither {@code *} nor a channel's id
     */
    static Scope parse(String text) {
        return text.equals(EVERYWHERE.text()) ? EVERYWHERE : of(new ChannelId(text));
    }

    /** The channel's id, or {@code *}, which no channel can be called. */
    String text();

    /** In one channel. */
    record InChannel(ChannelId channel) implements Scope {
        @Override
        public String text() {
            return channel.value();
        }
    }

    /** In every channel there is or will be. */
    record Everywhere() implements Scope {
        @Override
        public String text() {
            return "*";
        }
    }
}
