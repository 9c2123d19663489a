package chat.weir.bench.load;

/** An invalid run: an incorrect delivery, a refusal, a closed connection, or a timeout. */
final class LoadFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadFailure(String message) {
        super(message);
    }

    LoadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
