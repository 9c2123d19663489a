package chat.weir.connection;

import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.Member;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections: the path of the URL selects the channel that the new connection joins.
 *
 * <p>Threading: safe.
 */
public final class ConnectionFactory {
    private static final Logger log = LoggerFactory.getLogger(ConnectionFactory.class);

    private final ConnectionConfig config;
    private final ChannelRegistry channels;
    private final JoinPolicy joinPolicy;
    private final MissedMessages missedMessages;
    private final HeartbeatScheduler heartbeatScheduler;

    public ConnectionFactory(
            ConnectionConfig config,
            ChannelRegistry channels,
            JoinPolicy joinPolicy,
            MissedMessages missedMessages,
            HeartbeatScheduler heartbeatScheduler) {
        this.config = config;
        this.channels = channels;
        this.joinPolicy = joinPolicy;
        this.missedMessages = missedMessages;
        this.heartbeatScheduler = heartbeatScheduler;
    }

    /**
     * Opens a connection on a transport that is ready to accept frames.
     *
     * @param target of the request line, such as {@code /fishing?heartbeat=pong}
     * @return empty if the client is refused; it has then been told why, and the transport has been closed
     */
    public Optional<Connection> open(ClientTransport transport, String target) {
        ConnectRequest request;
        try {
            request = ConnectRequest.parse(target, config.basePath());
        } catch (ChatException e) {
            refuse(transport, e, CloseCode.POLICY);
            return Optional.empty();
        }
        ChannelId channel = request.channel().orElseGet(channels::unusedId);
        Connection connection;
        try {
            connection = channels.joinOwn(channel, own -> create(own, transport, request));
        } catch (ChatException e) {
            refuse(transport, e, CloseCode.TRY_LATER);
            return Optional.empty();
        }
        try {
            begin(connection, request, channel);
            return Optional.of(connection);
        } catch (ChatException e) {
            connection.leaveAll();
            refuse(transport, e, CloseCode.BANNED);
        } catch (RuntimeException | Error e) {
            // Errors too: nothing else would remove the member from the channel.
            connection.leaveAll();
            log.error("a fault in opening a connection", e);
            transport.deliver(Frame.close(CloseCode.FAULT.number(), "a fault in the server"));
        }
        return Optional.empty();
    }

    private Connection create(Member own, ClientTransport transport, ConnectRequest request) {
        Memberships memberships = new Memberships(channels, joinPolicy, own, config.maxChannels());
        return new Connection(config, transport, new ConnectionIdentity(config, memberships), request.pongs());
    }

    /**
     * Sends the greeting and starts the heartbeats.
     *
     * @throws ChatException 403 if the client is banned from the channel; checked after joining, when a concurrent ban
     *     finds it
     */
    private void begin(Connection connection, ConnectRequest request, ChannelId channel) {
        joinPolicy.accessControl().requireNotBanned(channel, null, connection.address());
        boolean mayListen = !config.requireAccount();
        if (request.since().isPresent() && mayListen) {
            Recovery recovery = new Recovery(
                    missedMessages,
                    connection.memberships().own(),
                    connection.transport(),
                    request.since().getAsLong());
            recovery.pause();
            connection.recoverBy(recovery);
            recovery.begin();
        } else {
            Boolean recovered = request.since().isPresent() ? false : null;
            greet(connection, mayListen, new ServerEnvelope.Connection(channel, recovered, null));
        }
        heartbeatScheduler.add(connection);
        if (connection.hasEnded()) {
            // A concurrent ban ended it before it was added to the heartbeats, which would keep it for ever.
            connection.heartbeatEntry().leave();
        }
    }

    /** Sends the greeting first; what is published in the meantime waits and follows. */
    private void greet(Connection connection, boolean mayListen, ServerEnvelope.Connection greeting) {
        Frame frame = missedMessages.codec().encode(greeting);
        if (!mayListen) {
            connection.transport().deliver(frame);
            return;
        }
        connection.transport().pause();
        connection.memberships().listen();
        ByteBuffer first = ByteBuffer.allocate(frame.length());
        frame.putInto(first);
        connection.transport().resume(first.flip());
    }

    /** Tells a client why it is refused, and closes the transport. */
    public void refuse(ClientTransport transport, ChatException error, CloseCode code) {
        transport.deliver(missedMessages.codec().encode(ServerEnvelope.ErrorEnvelope.of(error, null)));
        transport.deliver(Frame.close(code.number(), error.text()));
    }
}
