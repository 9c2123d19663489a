package chat.weir.bench.load;

/**
 * A client that sends numbered messages, all in one reused frame.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class Sender {
    private final Client client;
    private final byte[] frame;
    private int sent;

    Sender(int number, Client client, Dialect dialect) {
        this.client = client;
        this.frame = ClientFrames.text(dialect.message());
        ClientFrames.putDigits(frame, MessageText.SENDER_AT, MessageText.SENDER_DIGITS, number);
    }

    Client client() {
        return client;
    }

    /** The number of sent messages, which is the number of the next one. */
    int sent() {
        return sent;
    }

    /** Appends the next message to its client's output. The time is in nanoseconds since the generator started. */
    void send(long nanos) {
        ClientFrames.putDigits(frame, MessageText.SEQUENCE_AT, MessageText.SEQUENCE_DIGITS, sent++);
        ClientFrames.putDigits(frame, MessageText.TIME_AT, MessageText.TIME_DIGITS, nanos);
        client.append(frame);
    }
}
