package chat.weir.bench.load;

/** What a server does with text frames, as far as the load depends on it. */
public enum Dialect {
    /** Weir's protocol: the server greets each client with {@code connection}, and completes each message. */
    CHAT("\"}"),
    /**
     * The server sends each text frame unchanged to all clients with the same path, including its sender, and sends
     * nothing by itself. Clients send a message as long as Weir's broadcast, so that members receive the same bytes.
     */
    RAW("\",\"timestamp\":1652997756,\"user\":\"sender_00\",\"id\":1652997756123456}");

    private final String endOfMessage;

    Dialect(String endOfMessage) {
        this.endOfMessage = endOfMessage;
    }

    /** The payload that a client sends, with digits to be replaced. */
    String message() {
        return MessageText.BEFORE + MessageText.TEMPLATE + endOfMessage;
    }

    /** Whether the server greets a client that has joined its channel. Otherwise, the handshake is all there is. */
    boolean hasGreeting() {
        return this == CHAT;
    }
}
