package chat.weir.protocol;

import static java.util.Map.entry;

import chat.weir.protocol.ClientEnvelope.Auth;
import chat.weir.protocol.ClientEnvelope.Ban;
import chat.weir.protocol.ClientEnvelope.Block;
import chat.weir.protocol.ClientEnvelope.Delete;
import chat.weir.protocol.ClientEnvelope.DoneTyping;
import chat.weir.protocol.ClientEnvelope.Edit;
import chat.weir.protocol.ClientEnvelope.Heartbeat;
import chat.weir.protocol.ClientEnvelope.History;
import chat.weir.protocol.ClientEnvelope.Identity;
import chat.weir.protocol.ClientEnvelope.Join;
import chat.weir.protocol.ClientEnvelope.Kick;
import chat.weir.protocol.ClientEnvelope.Leave;
import chat.weir.protocol.ClientEnvelope.Logout;
import chat.weir.protocol.ClientEnvelope.Message;
import chat.weir.protocol.ClientEnvelope.Mute;
import chat.weir.protocol.ClientEnvelope.Ping;
import chat.weir.protocol.ClientEnvelope.Private;
import chat.weir.protocol.ClientEnvelope.React;
import chat.weir.protocol.ClientEnvelope.Read;
import chat.weir.protocol.ClientEnvelope.ResetSocket;
import chat.weir.protocol.ClientEnvelope.Role;
import chat.weir.protocol.ClientEnvelope.SetTestMode;
import chat.weir.protocol.ClientEnvelope.Typing;
import chat.weir.protocol.ClientEnvelope.Unban;
import chat.weir.protocol.ClientEnvelope.Unblock;
import chat.weir.protocol.ClientEnvelope.Unmute;
import chat.weir.protocol.ClientEnvelope.Unreact;
import chat.weir.protocol.ClientEnvelope.Users;
import chat.weir.protocol.Credentials.Password;
import chat.weir.protocol.Credentials.Token;
import chat.weir.protocol.EnvelopeFields.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Decodes client envelopes token by token, without building a tree. Unknown fields are skipped, whatever their size.
 * The nesting depth is limited. Most envelopes are so plain that {@link PlainEnvelopeReader} reads them.
 *
 * <p>Threading: safe.
 */
final class EnvelopeReader {

    /** The largest integer that is exact in every JSON parser. */
    private static final long MAX_ID = (1L << 53) - 1;

    /** Value of the field {@code channel}; not a valid channel id. */
    private static final String EVERYWHERE = "*";

    private static final int MAX_NESTING = 32;
    private static final int MAX_NAME_CHARS = 256;
    private static final byte[] PLAIN_HEARTBEAT = "{\"type\":\"heartbeat\"}".getBytes(StandardCharsets.US_ASCII);
    private static final Heartbeat HEARTBEAT = new Heartbeat(null);

    /** Creates the envelope of each type from its fields. */
    private static final Map<String, EnvelopeFactory> READERS = Map.ofEntries(
            entry(Heartbeat.TYPE, (fields, ref) -> ref == null ? HEARTBEAT : new Heartbeat(ref)),
            entry(Identity.TYPE, EnvelopeReader::identity),
            entry(Auth.TYPE, (fields, ref) -> new Auth(credentials(fields), fields.channel(Field.ROOM), ref)),
            entry(Logout.TYPE, (fields, ref) -> new Logout(ref)),
            entry(Message.TYPE, EnvelopeReader::message),
            entry(History.TYPE, EnvelopeReader::history),
            entry(Delete.TYPE, (fields, ref) -> new Delete(id(fields), channel(fields), ref)),
            entry(Edit.TYPE, EnvelopeReader::edit),
            entry(React.TYPE, EnvelopeReader::react),
            entry(Unreact.TYPE, EnvelopeReader::unreact),
            entry(Read.TYPE, (fields, ref) -> new Read(id(fields), channel(fields), ref)),
            entry(Join.TYPE, EnvelopeReader::join),
            entry(Leave.TYPE, (fields, ref) -> new Leave(requiredChannel(fields), ref)),
            entry(Users.TYPE, (fields, ref) -> new Users(channel(fields), ref)),
            entry(Typing.TYPE, (fields, ref) -> new Typing(channel(fields), ref)),
            entry(DoneTyping.TYPE, (fields, ref) -> new DoneTyping(channel(fields), ref)),
            entry(Ping.TYPE, (fields, ref) -> new Ping(ref)),
            entry(Private.TYPE, (fields, ref) -> new Private(fields.string(Field.USER), channel(fields), ref)),
            entry(
                    Kick.TYPE,
                    (fields, ref) -> new Kick(fields.string(Field.USER), reason(fields), channel(fields), ref)),
            entry(Mute.TYPE, EnvelopeReader::mute),
            entry(
                    Unmute.TYPE,
                    (fields, ref) -> new Unmute(fields.string(Field.USER), reason(fields), channel(fields), ref)),
            entry(Ban.TYPE, EnvelopeReader::ban),
            entry(
                    Unban.TYPE,
                    (fields, ref) -> new Unban(fields.string(Field.USER), reason(fields), requestedScope(fields), ref)),
            entry(Role.TYPE, EnvelopeReader::role),
            entry(Block.TYPE, (fields, ref) -> new Block(fields.string(Field.USER), ref)),
            entry(Unblock.TYPE, (fields, ref) -> new Unblock(fields.string(Field.USER), ref)),
            entry(SetTestMode.TYPE, (fields, ref) -> new SetTestMode(fields.bool(Field.VALUE), ref)),
            entry(ResetSocket.TYPE, (fields, ref) -> new ResetSocket(ref)));

    private final JsonFactory json = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(400)
                    // The parser caches field names, for all connections together.
                    .maxNameLength(MAX_NAME_CHARS)
                    .build())
            .build();

    @FunctionalInterface
    private interface EnvelopeFactory {
        ClientEnvelope read(EnvelopeFields fields, @Nullable String ref);
    }

    /** All valid types. */
    static Set<String> types() {
        return READERS.keySet();
    }

    /**
     * Decodes a frame of valid UTF-8.
     *
     * @throws ChatException 400 with the error, and with the envelope's {@code ref} if it is readable
     */
    ClientEnvelope decode(byte[] utf8, int offset, int length) {
        if (isPlainHeartbeat(utf8, offset, length)) {
            return HEARTBEAT;
        }
        if (length >= 2 && (utf8[offset] == 0 || utf8[offset + 1] == 0)) {
            // The parser would detect UTF-16 or UTF-32.
            throw new ChatException(ErrorReason.NOT_JSON, "not JSON: it begins with a zero byte");
        }
        EnvelopeFields fields = PlainEnvelopeReader.read(utf8, offset, length);
        return envelope(fields == null ? parse(utf8, offset, length) : fields);
    }

    /** As {@link #decode}, without the shortcuts: reads any JSON. */
    EnvelopeFields parse(byte[] utf8, int offset, int length) {
        EnvelopeFields fields = new EnvelopeFields();
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), utf8, offset, length)) {
            read(parser, fields);
        } catch (StreamConstraintsException e) {
            throw ChatException.malformed(
                    ErrorReason.NOT_JSON,
                    "nested deeper than " + MAX_NESTING + ", or a name or a number is too long",
                    fields.refOrNull());
        } catch (JacksonException e) {
            throw ChatException.malformed(
                    ErrorReason.NOT_JSON, "not JSON: " + printable(e.getOriginalMessage()), fields.refOrNull());
        }
        return fields;
    }

    /** The heartbeat is by far the most frequent frame. It is recognised by its bytes, without parsing. */
    private static boolean isPlainHeartbeat(byte[] utf8, int offset, int length) {
        return length == PLAIN_HEARTBEAT.length
                && Arrays.equals(utf8, offset, offset + length, PLAIN_HEARTBEAT, 0, length);
    }

    /**
     * The first line of the parser's message, without its internal details. Replaces everything but ASCII in the
     * quoted input, which may contain incomplete characters.
     */
    private static String printable(String message) {
        String line = message.lines().findFirst().orElse("");
        int aside = line.indexOf(" (start marker at");
        return (aside < 0 ? line : line.substring(0, aside)).replaceAll("[^ -~]", "?");
    }

    private static void read(JsonParser parser, EnvelopeFields fields) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new ChatException(ErrorReason.NOT_JSON, "an envelope is a JSON object with a \"type\"");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            fields.read(name, parser);
        }
        if (parser.nextToken() != null) {
            throw ChatException.malformed(
                    ErrorReason.NOT_JSON, "a frame must contain exactly one JSON object", fields.refOrNull());
        }
    }

    private static ClientEnvelope envelope(EnvelopeFields fields) {
        String ref = fields.ref();
        String type = fields.string(Field.TYPE);
        EnvelopeFactory factory = READERS.get(type);
        if (factory == null) {
            throw ChatException.malformed(
                    ErrorReason.UNKNOWN_TYPE,
                    "unknown type; the known types are "
                            + String.join(
                                    ", ", READERS.keySet().stream().sorted().toList()),
                    ref);
        }
        return factory.read(fields, ref);
    }

    private static @Nullable ChannelId channel(EnvelopeFields fields) {
        return fields.channel(Field.CHANNEL);
    }

    private static Identity identity(EnvelopeFields fields, @Nullable String ref) {
        return new Identity(fields.string(Field.USER), fields.optionalString(Field.RESUME), ref);
    }

    private static Message message(EnvelopeFields fields, @Nullable String ref) {
        return new Message(
                fields.string(Field.TEXT),
                fields.integer(Field.REPLY_TO, 1, MAX_ID, Message.NO_MESSAGE),
                channel(fields),
                ref);
    }

    private static Edit edit(EnvelopeFields fields, @Nullable String ref) {
        return new Edit(id(fields), fields.string(Field.TEXT), channel(fields), ref);
    }

    private static React react(EnvelopeFields fields, @Nullable String ref) {
        return new React(id(fields), fields.string(Field.EMOJI), channel(fields), ref);
    }

    private static Unreact unreact(EnvelopeFields fields, @Nullable String ref) {
        return new Unreact(id(fields), fields.string(Field.EMOJI), channel(fields), ref);
    }

    /** The id of the message that the envelope is about. */
    private static long id(EnvelopeFields fields) {
        return fields.integer(Field.ID, 0, MAX_ID);
    }

    private static Mute mute(EnvelopeFields fields, @Nullable String ref) {
        return new Mute(fields.string(Field.USER), duration(fields), reason(fields), channel(fields), ref);
    }

    private static Ban ban(EnvelopeFields fields, @Nullable String ref) {
        return new Ban(fields.string(Field.USER), duration(fields), reason(fields), requestedScope(fields), ref);
    }

    private static Role role(EnvelopeFields fields, @Nullable String ref) {
        return new Role(fields.string(Field.USER), fields.string(Field.ROLE), channel(fields), ref);
    }

    private static String reason(EnvelopeFields fields) {
        return fields.has(Field.REASON) ? fields.string(Field.REASON) : "";
    }

    private static long duration(EnvelopeFields fields) {
        return fields.integer(Field.DURATION, 1, MAX_ID, ClientEnvelope.PERMANENT);
    }

    private static RequestedScope requestedScope(EnvelopeFields fields) {
        return fields.has(Field.CHANNEL) && fields.string(Field.CHANNEL).equals(EVERYWHERE)
                ? new RequestedScope.Everywhere()
                : new RequestedScope.InChannel(channel(fields));
    }

    private static Credentials credentials(EnvelopeFields fields) {
        if (fields.has(Field.TOKEN)) {
            return new Token(fields.string(Field.TOKEN));
        }
        return new Password(fields.string(Field.USERNAME), fields.string(Field.PASSWORD));
    }

    private static History history(EnvelopeFields fields, @Nullable String ref) {
        if (fields.has(Field.BEFORE) && fields.has(Field.AFTER)) {
            throw ChatException.malformed(ErrorReason.INVALID_VALUE, "before and after cannot be combined", ref);
        }
        return new History(
                fields.integer(Field.BEFORE, 0, MAX_ID, History.ABSENT),
                fields.integer(Field.AFTER, 0, MAX_ID, History.ABSENT),
                (int) fields.integer(Field.LIMIT, 1, History.MAX_LIMIT, History.DEFAULT_LIMIT),
                channel(fields),
                ref);
    }

    private static Join join(EnvelopeFields fields, @Nullable String ref) {
        return new Join(requiredChannel(fields), fields.integer(Field.SINCE, 0, MAX_ID, Join.ABSENT), ref);
    }

    private static ChannelId requiredChannel(EnvelopeFields fields) {
        ChannelId channel = channel(fields);
        if (channel == null) {
            throw fields.missing(Field.CHANNEL);
        }
        return channel;
    }
}
