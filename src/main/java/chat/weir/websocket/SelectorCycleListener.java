package chat.weir.websocket;

/**
 * Called around each cycle over the ready sockets, on the one thread that reads.
 */
public interface SelectorCycleListener {
    /** Called once, on the thread that reads. */
    void begin();

    /** Whether there is work for {@link #end}. */
    boolean hasPendingWork();

    /** The cycle is over. */
    void end();
}
