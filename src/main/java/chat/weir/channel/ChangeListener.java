package chat.weir.channel;

import chat.weir.protocol.ChatException;

/**
 * Receives the outcome of a change. Exactly one of the methods is called, once, under the channel's lock, so neither may
 * wait or call back into the channel.
 */
public interface ChangeListener {
    /** The message is as requested: the change is stored and is being broadcast, or it was not necessary. */
    void done();

    /** The change is not stored, or that is unknown. */
    void refused(ChatException why);
}
