package chat.weir.bench;

/** An invalid run: the server did not start, or the load generator reported an error. */
final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunFailure(String message) {
        super(message);
    }
}
