package chat.weir.channel;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope.Ack;

/**
 * Receives the outcome of a message. Exactly one of the methods is called, once, under the channel's lock, so neither
 * may wait or call back into the channel.
 */
public interface PublishListener {
    /** The message is stored and is being broadcast. */
    void acknowledged(Ack ack);

    /** The message is not stored, and nobody will see it. */
    void refused(ChatException why);
}
