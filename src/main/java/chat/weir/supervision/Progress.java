package chat.weir.supervision;

/** Reports the progress of a part of the server, for the watchdog. Methods are safe to call from any thread. */
public interface Progress {
    /** The part's name, for logs. */
    String part();

    /** Whether the part has work now, and so should make progress. */
    boolean hasWork();

    /** A number that changes with every step of work. */
    long steps();
}
