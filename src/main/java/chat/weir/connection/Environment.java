package chat.weir.connection;

import chat.weir.channel.Channels;
import chat.weir.history.MessageLog;
import chat.weir.protocol.JsonCodec;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a connection needs of the server around it.
 *
 * @param parkingRoom how many bytes of envelopes may still wait for those before them, of all clients together
 */
public record Environment(
        ConnectionRules rules,
        Channels channels,
        MessageLog log,
        Logins logins,
        Errands errands,
        AtomicLong parkingRoom,
        JsonCodec codec) {}
