package chat.weir;

import chat.weir.channel.Turns;
import chat.weir.websocket.ReadPass;

/** Lets the thread that reads the sockets take the channels' turns when it has read. */
record TurnsAfterReading(Turns turns) implements ReadPass {
    @Override
    public void begin() {
        turns.readOnThisThread();
    }

    @Override
    public boolean hasAfterwork() {
        return turns.areWaiting();
    }

    @Override
    public void end() {
        turns.take();
    }
}
