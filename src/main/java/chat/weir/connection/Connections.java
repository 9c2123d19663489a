package chat.weir.connection;

import chat.weir.channel.Channels;
import chat.weir.channel.Member;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.CloseCode;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.Frame;
import chat.weir.protocol.JsonCodec;
import java.util.Optional;

/**
 * Lets clients in: the path of their URL becomes a channel, and they a connection in it.
 *
 * <p>Threading: safe.
 */
public final class Connections {
    private final Connection.Environment environment;
    private final Heartbeats heartbeats;
    private final JsonCodec codec;

    public Connections(ConnectionRules rules, Channels channels, Heartbeats heartbeats, JsonCodec codec) {
        this.environment = new Connection.Environment(rules, channels, new Envelopes(rules, codec));
        this.heartbeats = heartbeats;
        this.codec = codec;
    }

    /**
     * Opens a connection on a wire that is ready to take frames.
     *
     * @param target of the request line, such as {@code /fishing?heartbeat=pong}
     * @return nothing if the target names no channel; the client has then been told so and the wire closed
     */
    public Optional<Connection> open(Wire wire, String target) {
        RequestTarget asked;
        try {
            asked = RequestTarget.parse(target, environment.rules().basePath());
        } catch (ErrorReply e) {
            refuse(wire, e, CloseCode.POLICY);
            return Optional.empty();
        }
        Channels channels = environment.channels();
        ChannelId id = asked.channel().orElseGet(channels::unusedId);
        Member member = channels.join(id, wire);
        Connection connection = new Connection(environment, wire, member, asked.pongs());
        heartbeats.add(connection);
        return Optional.of(connection);
    }

    /** Tells a client that it cannot be let in, and why. */
    public void refuse(Wire wire, ErrorReply error, CloseCode code) {
        wire.deliver(codec.encode(error.answering(null)));
        wire.deliver(Frame.close(code.number(), error.text()));
    }
}
