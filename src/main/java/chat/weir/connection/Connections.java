package chat.weir.connection;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.CloseCode;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.Frame;
import chat.weir.protocol.ServerEnvelope;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients in: the path of their URL becomes a channel, and they a connection in it.
 *
 * <p>Threading: safe.
 */
public final class Connections implements ClientHandlers {
    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    private final Environment environment;
    private final Envelopes envelopes;
    private final Heartbeats heartbeats;

    public Connections(Environment environment, Heartbeats heartbeats) {
        this.environment = environment;
        this.envelopes = new Envelopes(environment);
        this.heartbeats = heartbeats;
    }

    @Override
    public Optional<Connection> open(Wire wire, String target) {
        RequestTarget asked;
        try {
            asked = RequestTarget.parse(target, environment.rules().basePath());
        } catch (ErrorReply e) {
            refuse(wire, e, CloseCode.POLICY);
            return Optional.empty();
        }
        ChannelId id = asked.channel().orElseGet(environment.channels()::unusedId);
        Connection connection;
        try {
            connection = Connection.join(environment, envelopes, wire, id, asked.pongs());
        } catch (ErrorReply e) {
            refuse(wire, e, CloseCode.TRY_LATER);
            return Optional.empty();
        }
        try {
            begin(connection, asked, id);
            return Optional.of(connection);
        } catch (ErrorReply e) {
            connection.leaveAll();
            refuse(wire, e, CloseCode.BANNED);
        } catch (RuntimeException | Error e) {
            // Errors too: nobody else knows of the member, which would stay in the channel for ever.
            connection.leaveAll();
            log.error("a fault in opening a connection", e);
            wire.deliver(Frame.close(CloseCode.FAULT.number(), "a fault in the server"));
        }
        return Optional.empty();
    }

    /** @throws ErrorReply 403 if the client is banned from the channel; checked after joining, when a ban finds it */
    private void begin(Connection connection, RequestTarget asked, ChannelId id) {
        environment.doorkeeper().refuseBanned(id, null, connection.wire());
        boolean mayListen = !environment.rules().requireAccount();
        if (asked.since().isPresent() && mayListen) {
            Recovery.begin(environment, connection, asked.since().getAsLong());
        } else {
            Boolean recovered = asked.since().isPresent() ? false : null;
            greet(connection, mayListen, new ServerEnvelope.Connection(id, recovered, null));
        }
        heartbeats.add(connection);
        if (connection.standing().hasLeft()) {
            // A ban found it before it had its place among the heartbeats, which nobody would free again.
            connection.heartbeatPlace.leave();
        }
    }

    /** The greeting comes first, and nothing is lost that is said as it is on its way: what comes meanwhile is held. */
    private void greet(Connection connection, boolean mayListen, ServerEnvelope.Connection greeting) {
        Frame frame = environment.codec().encode(greeting);
        if (!mayListen) {
            connection.wire().deliver(frame);
            return;
        }
        connection.wire().hold();
        connection.places().listen();
        ByteBuffer first = ByteBuffer.allocate(frame.length());
        frame.putInto(first);
        connection.wire().release(first.flip());
    }

    @Override
    public void refuse(Wire wire, ErrorReply error, CloseCode code) {
        wire.deliver(environment.codec().encode(error.answering(null)));
        wire.deliver(Frame.close(code.number(), error.text()));
    }
}
