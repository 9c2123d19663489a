package chat.weir.channel;

import chat.weir.channel.presence.Participant;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.history.Author;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageRef;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope.Ack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is being published, and the listeners of its outcome.
 *
 * <p>Threading: the listeners are guarded by the channel; the rest is immutable.
 */
final class PendingMessage implements MessageDraft {
    /** Takes the outcome of storing a message. */
    interface Publisher {
        /** The message is stored. */
        void publish(PendingMessage pending, long id, long timestamp);

        /** The same message was stored before, by another process. */
        void acknowledge(PendingMessage pending, long id, long timestamp);

        /** The message cannot be stored. */
        void giveUp(PendingMessage pending, ChatException why);
    }

    private final ChannelId channel;
    private final Publisher publisher;
    private final UserIdentity sender;
    private final String text;
    private final long replyTo;
    private final @Nullable String ref;
    /** Null until a log that stores refs asks for it; the log in memory never does. Confined to the log thread. */
    private @Nullable MessageRef storedRef;

    private long receivedNanos;
    private final List<PublishListener> listeners = new ArrayList<>(1);

    PendingMessage(
            ChannelId channel,
            Publisher publisher,
            UserIdentity sender,
            String text,
            long replyTo,
            @Nullable String ref,
            PublishListener listener) {
        this.channel = channel;
        this.publisher = publisher;
        this.sender = sender;
        this.text = text;
        this.replyTo = replyTo;
        this.ref = ref;
        listeners.add(listener);
    }

    /** When it was received; set before it is stored. */
    void received(long nanos) {
        receivedNanos = nanos;
    }

    long receivedNanos() {
        return receivedNanos;
    }

    @Override
    public ChannelId channel() {
        return channel;
    }

    @Override
    public Author author() {
        return sender.author();
    }

    Participant participant() {
        return sender.participant();
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public long replyTo() {
        return replyTo;
    }

    @Nullable
    String ref() {
        return ref;
    }

    @Override
    public @Nullable MessageRef storedRef() {
        if (storedRef == null && ref != null) {
            storedRef = MessageRef.of(sender.author(), sender.participant().refOwner(), ref, text);
        }
        return storedRef;
    }

    @Override
    public void storedBefore(long id, long timestamp) {
        publisher.acknowledge(this, id, timestamp);
    }

    @Override
    public void stored(long id, long timestamp) {
        publisher.publish(this, id, timestamp);
    }

    @Override
    public void failed(ChatException why) {
        publisher.giveUp(this, why);
    }

    /** The same message was sent again before it was stored: its sender gets the outcome of this one. */
    void addListener(PendingMessage again) {
        listeners.addAll(again.listeners);
    }

    void acknowledge(Ack ack) {
        listeners.forEach(listener -> listener.acknowledged(ack));
    }

    void refuse(ChatException why) {
        listeners.forEach(listener -> listener.refused(why));
    }
}
