package chat.weir;

import chat.weir.channel.Broadcaster;
import chat.weir.websocket.SelectorCycleListener;

/** Lets the thread that reads the sockets take the channels' turns when it has read. */
record BroadcastTrigger(Broadcaster broadcaster) implements SelectorCycleListener {
    @Override
    public void begin() {
        broadcaster.readOnThisThread();
    }

    @Override
    public boolean hasPendingWork() {
        return broadcaster.hasPending();
    }

    @Override
    public void end() {
        broadcaster.runPending();
    }
}
