package chat.weir.connection;

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
 * Lets clients in: the path of their URL becomes a channel, and they a connection in it.
 *
 * <p>Threading: safe.
 */
public final class ConnectionFactory implements ClientHandlers {
    private static final Logger log = LoggerFactory.getLogger(ConnectionFactory.class);

    private final Environment environment;
    private final CommandDispatcher dispatcher;
    private final HeartbeatScheduler heartbeatScheduler;

    public ConnectionFactory(Environment environment, HeartbeatScheduler heartbeatScheduler) {
        this.environment = environment;
        this.dispatcher = new CommandDispatcher(environment);
        this.heartbeatScheduler = heartbeatScheduler;
    }

    @Override
    public Optional<Connection> open(ClientTransport transport, String target) {
        ConnectRequest asked;
        try {
            asked = ConnectRequest.parse(target, environment.config().basePath());
        } catch (ChatException e) {
            refuse(transport, e, CloseCode.POLICY);
            return Optional.empty();
        }
        ChannelId id = asked.channel().orElseGet(environment.channels()::unusedId);
        Connection connection;
        try {
            connection = Connection.join(environment, dispatcher, transport, id, asked.pongs());
        } catch (ChatException e) {
            refuse(transport, e, CloseCode.TRY_LATER);
            return Optional.empty();
        }
        try {
            begin(connection, asked, id);
            return Optional.of(connection);
        } catch (ChatException e) {
            connection.leaveAll();
            refuse(transport, e, CloseCode.BANNED);
        } catch (RuntimeException | Error e) {
            // Errors too: nobody else knows of the member, which would stay in the channel for ever.
            connection.leaveAll();
            log.error("a fault in opening a connection", e);
            transport.deliver(Frame.close(CloseCode.FAULT.number(), "a fault in the server"));
        }
        return Optional.empty();
    }

    /**
     * @throws ChatException 403 if the client is banned from the channel; checked after joining, when a ban finds it
     */
    private void begin(Connection connection, ConnectRequest asked, ChannelId id) {
        environment.accessControl().refuseBanned(id, null, connection.transport());
        boolean mayListen = !environment.config().requireAccount();
        if (asked.since().isPresent() && mayListen) {
            Recovery.begin(environment, connection, asked.since().getAsLong());
        } else {
            Boolean recovered = asked.since().isPresent() ? false : null;
            greet(connection, mayListen, new ServerEnvelope.Connection(id, recovered, null));
        }
        heartbeatScheduler.add(connection);
        if (connection.identity().hasLeft()) {
            // A ban found it before it was added to the heartbeats, from which nothing would remove it again.
            connection.heartbeatEntry.leave();
        }
    }

    /** The greeting comes first, and nothing is lost that is said as it is on its way: what comes meanwhile is held. */
    private void greet(Connection connection, boolean mayListen, ServerEnvelope.Connection greeting) {
        Frame frame = environment.codec().encode(greeting);
        if (!mayListen) {
            connection.transport().deliver(frame);
            return;
        }
        connection.transport().hold();
        connection.places().listen();
        ByteBuffer first = ByteBuffer.allocate(frame.length());
        frame.putInto(first);
        connection.transport().release(first.flip());
    }

    @Override
    public void refuse(ClientTransport transport, ChatException error, CloseCode code) {
        transport.deliver(environment.codec().encode(error.answering(null)));
        transport.deliver(Frame.close(code.number(), error.text()));
    }
}
