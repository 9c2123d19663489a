package chat.weir.websocket;

/**
 * What there is to do after a pass over all sockets that had something to read. All of it is called on the one thread
 * that reads.
 */
public interface SelectorCycleListener {
    /** The calling thread is the one that reads. */
    void begin();

    /** Whether there is something to do when the pass is over. */
    boolean hasPendingWork();

    /** The pass is over. */
    void end();
}
