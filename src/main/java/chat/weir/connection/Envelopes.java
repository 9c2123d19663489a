package chat.weir.connection;

import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ClientEnvelope.Heartbeat;
import chat.weir.protocol.ClientEnvelope.Identity;
import chat.weir.protocol.ClientEnvelope.Message;
import chat.weir.protocol.Disconnect;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.Frame;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each envelope of a client does, and the one place where what goes wrong becomes an error envelope or a close.
 *
 * <p>Threading: safe; a connection's envelopes come one at a time.
 */
final class Envelopes {
    private final ConnectionRules rules;
    private final JsonCodec codec;

    Envelopes(ConnectionRules rules, JsonCodec codec) {
        this.rules = rules;
        this.codec = codec;
    }

    void receive(Connection connection, byte[] utf8, int offset, int length) {
        long now = rules.nanoTime().getAsLong();
        String ref = null;
        try {
            ClientEnvelope envelope = codec.decode(utf8, offset, length);
            ref = envelope.ref();
            connection.guard().envelope(now);
            handle(connection, envelope, now);
        } catch (ErrorReply e) {
            refuse(connection, e, ref, now);
        }
    }

    /** Answers a ping as RFC 6455 section 5.5.3 asks, unless there are too many of them. */
    void ping(Connection connection, byte[] payload) {
        long now = rules.nanoTime().getAsLong();
        try {
            connection.guard().envelope(now);
            connection.wire().deliver(Frame.pong(payload));
        } catch (ErrorReply e) {
            refuse(connection, e, null, now);
        }
    }

    private void refuse(Connection connection, ErrorReply error, @Nullable String ref, long now) {
        reply(connection, error.answering(ref));
        try {
            connection.guard().fault(error.code(), now);
        } catch (Disconnect e) {
            connection.close(e.code().number(), e.reason());
        }
    }

    private void handle(Connection connection, ClientEnvelope envelope, long now) {
        if (envelope instanceof Heartbeat heartbeat) {
            connection.heard();
            done(connection, heartbeat);
        } else if (envelope instanceof Message message) {
            say(connection, message, now);
        } else if (envelope instanceof Identity identity) {
            identify(connection, identity);
        } else {
            throw new IllegalStateException("no way to handle " + envelope.type());
        }
    }

    private void say(Connection connection, Message message, long now) {
        UserName name = connection.authenticatedName();
        String text = message.text();
        if (text.isEmpty()) {
            throw ErrorReply.malformed("text is empty", message.ref());
        }
        if (text.length() > rules.maxTextLength()) {
            checkCodePoints(text);
        }
        connection.guard().message(now);
        connection.member().channel().say(connection.member(), name, text, message.ref());
    }

    private void checkCodePoints(String text) {
        int length = text.codePointCount(0, text.length());
        if (length > rules.maxTextLength()) {
            throw new ErrorReply(
                    ErrorCode.TEXT_TOO_LONG,
                    "text is " + length + " characters long; at most " + rules.maxTextLength() + " are taken");
        }
    }

    private void identify(Connection connection, Identity identity) {
        Optional<UserName> name = UserName.parse(identity.user());
        ServerEnvelope.Identity.Reason refusal =
                name.isEmpty() ? ServerEnvelope.Identity.Reason.INVALID : connection.identify(name.get());
        reply(connection, new ServerEnvelope.Identity(refusal, identity.ref()));
    }

    /** Answers an envelope that has no reply of its own, if its sender wants to know. */
    private void done(Connection connection, ClientEnvelope envelope) {
        String ref = envelope.ref();
        if (ref != null) {
            reply(connection, new ServerEnvelope.Done(envelope.type(), ref));
        }
    }

    private void reply(Connection connection, ServerEnvelope envelope) {
        connection.reply(codec.encode(envelope));
    }
}
