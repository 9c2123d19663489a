package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/** The scope of a ban, as requested. */
public sealed interface RequestedScope {
    /** One channel; null: the URL's. */
    record InChannel(@Nullable ChannelId channel) implements RequestedScope {}

    /** All channels; on the wire {@code "channel":"*"}. */
    record Everywhere() implements RequestedScope {}
}
