package chat.weir.connection;

import chat.weir.channel.Channels;
import chat.weir.history.MessageLog;
import chat.weir.protocol.JsonCodec;

/** What a connection needs of the server around it. */
public record Environment(
        ConnectionRules rules, Channels channels, MessageLog log, Logins logins, Errands errands, JsonCodec codec) {}
