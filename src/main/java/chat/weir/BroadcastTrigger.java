package chat.weir;

import chat.weir.channel.broadcast.Broadcaster;
import chat.weir.websocket.SelectorCycleListener;

/** Runs pending broadcast cycles on the reading thread, after each cycle over the sockets. */
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
