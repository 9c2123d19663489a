package chat.weir.bench.load;

/** A run that must not count: a delivery was wrong, the server refused or closed something, or nothing came. */
final class LoadFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadFailure(String message) {
        super(message);
    }

    LoadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
