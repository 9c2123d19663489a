package chat.weir.history;

import chat.weir.protocol.ServerEnvelope;

/** An event in the order of its channel: a message, or a change of one. */
public sealed interface LogEvent permits StoredMessage, StoredChange {
    /** Its position in the channel's order; of a message its id. */
    long seq();

    /** The author of the message or the change. */
    Author author();

    /** The event as clients receive it. */
    ServerEnvelope envelope();
}
