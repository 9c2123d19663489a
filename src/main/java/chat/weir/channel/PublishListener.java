package chat.weir.channel;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope.Ack;

/**
 * Hears what became of something that was said; exactly one of the two is called, once, under the channel's lock, so
 * neither may wait or call back into the channel.
 */
public interface PublishListener {
    /** It is stored, and on its way to the members. */
    void acknowledged(Ack ack);

    /** It is not, and nobody will see it. */
    void refused(ChatException why);
}
