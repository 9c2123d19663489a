package chat.weir.bench;

/** A run that does not count: the server did not come up, or the load generator was not content with it. */
final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunFailure(String message) {
        super(message);
    }
}
