package chat.weir.bench.load;

/**
 * A client that sends, and the one frame in which it counts its messages up.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class Sender {
    private final Client client;
    private final byte[] frame = ClientFrames.text(MessageText.BEFORE + MessageText.TEMPLATE + "\"}");
    private int sent;

    Sender(int number, Client client) {
        this.client = client;
        ClientFrames.putDigits(frame, MessageText.SENDER_AT, MessageText.SENDER_DIGITS, number);
    }

    Client client() {
        return client;
    }

    /** How many messages it has sent: the next one has this number. */
    int sent() {
        return sent;
    }

    /** Appends the next message to what its client sends; the time is told in nanoseconds since the beginning. */
    void send(long nanos) {
        ClientFrames.putDigits(frame, MessageText.SEQUENCE_AT, MessageText.SEQUENCE_DIGITS, sent++);
        ClientFrames.putDigits(frame, MessageText.TIME_AT, MessageText.TIME_DIGITS, nanos);
        client.append(frame);
    }
}
