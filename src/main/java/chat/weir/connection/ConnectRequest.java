package chat.weir.connection;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client requests by its URL: a channel by the path, and options by the query.
 *
 * @param channel empty: a new channel with a generated id
 * @param pongs the client's pongs count as heartbeats ({@code ?heartbeat=pong})
 * @param since the id of the last message that the client has seen ({@code ?since=ID})
 */
record ConnectRequest(Optional<ChannelId> channel, boolean pongs, OptionalLong since) {
    private static final String SINCE = "since=";

    /**
     * Reads the target of a request line (RFC 9112 section 3.2), in its origin form or its absolute one.
     *
     * @throws ChatException 400 if the path is no channel id, or {@code since} no id of a message
     */
    static ConnectRequest parse(String target, String basePath) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        String parameters = query < 0 ? "" : target.substring(query + 1);
        List<String> asked = List.of(parameters.split("&"));
        return new ConnectRequest(
                channel(decode(withoutAuthority(path)), basePath), asked.contains("heartbeat=pong"), since(asked));
    }

    private static OptionalLong since(List<String> asked) {
        for (String parameter : asked) {
            if (parameter.startsWith(SINCE)) {
                String id = parameter.substring(SINCE.length());
                if (!id.matches("\\d{1,16}")) {
                    throw new ChatException(
                            ErrorReason.INVALID_VALUE, "since must be the id of a message, a whole number");
                }
                return OptionalLong.of(Long.parseLong(id));
            }
        }
        return OptionalLong.empty();
    }

    private static String withoutAuthority(String path) {
        int scheme = path.indexOf("://");
        if (path.startsWith("/") || scheme < 0) {
            return path;
        }
        int slash = path.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : path.substring(slash);
    }

    private static Optional<ChannelId> channel(String path, String basePath) {
        if (!path.startsWith(basePath)
                || !(path.length() == basePath.length() || path.startsWith("/", basePath.length()))) {
            throw new ChatException(
                    ErrorReason.INVALID_CHANNEL, "the channels of this server are below " + basePath + "/");
        }
        String id = path.substring(basePath.length());
        id = id.startsWith("/") ? id.substring(1) : id;
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ChannelId.open(id.endsWith("/") ? id.substring(0, id.length() - 1) : id));
    }

    /** Percent-decoding (RFC 3986 section 2.1) to UTF-8; a plus is a plus. */
    private static String decode(String path) {
        byte[] raw = path.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes.write(hex(raw, i + 1) << 4 | hex(raw, i + 2));
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ChatException(ErrorReason.INVALID_CHANNEL, "the channel id is not UTF-8");
        }
    }

    private static int hex(byte[] raw, int at) {
        int digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
        if (digit < 0) {
            throw new ChatException(
                    ErrorReason.INVALID_CHANNEL, "the channel id has a % without two hexadecimal digits");
        }
        return digit;
    }
}
