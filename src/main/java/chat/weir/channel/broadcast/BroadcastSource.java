package chat.weir.channel.broadcast;

/** A channel, as the {@link Broadcaster} knows it: it has frames to deliver, once per broadcast cycle. */
public interface BroadcastSource {
    /** Delivers what waits. Runs on one thread at a time. */
    void runCycle(BatchWriter batchWriter);

    /** Its name for logs. Cycles of sources with the same name run on the same thread. */
    String name();
}
