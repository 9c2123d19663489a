package chat.weir.supervision;

/** A part of the server that ought to make progress while it has work. The methods are safe for any thread. */
public interface Progress {
    /** The part's name, for logs. */
    String part();

    /** Whether it ought to make progress now. */
    boolean hasWork();

    /** A number that changes with every step. */
    long steps();
}
