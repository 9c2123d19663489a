package chat.weir.channel;

import chat.weir.channel.presence.Roster;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Ack;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages in a channel: each is stored, which determines its order, then broadcast, then acknowledged.
 *
 * <p>Threading: guarded by the channel's lock. Nothing is delivered while the lock is held.
 */
final class MessagePublisher implements PendingMessage.Publisher {
    private final Object lock;
    private final ChannelConfig config;
    private final Roster<Member> roster;

    private final BroadcastBuffer broadcastBuffer;

    @GuardedBy("lock")
    private final PublishState publishState;

    /** @param lock the channel's */
    MessagePublisher(
            Object lock,
            ChannelConfig config,
            Roster<Member> roster,
            BroadcastBuffer broadcastBuffer,
            PublishState publishState) {
        this.lock = lock;
        this.config = config;
        this.roster = roster;
        this.broadcastBuffer = broadcastBuffer;
        this.publishState = publishState;
    }

    /** Publishes a member's message and replies to the member. @throws ChatException as the other */
    void submit(Member member, UserIdentity sender, String text, long replyTo, @Nullable String ref) {
        PublishListener reply =
                new PublishReply(broadcastBuffer, config.metrics().errors(), member, ref);
        submit(new PendingMessage(broadcastBuffer.channel(), this, sender, text, replyTo, ref, reply));
    }

    /** Publishes a message. @throws ChatException 503 if too much waits to be stored or delivered; then nobody sees it */
    void submit(UserIdentity sender, String text, @Nullable String ref, PublishListener listener) {
        submit(new PendingMessage(broadcastBuffer.channel(), this, sender, text, StoredMessage.NONE, ref, listener));
    }

    private void submit(PendingMessage pending) {
        boolean begin = false;
        try {
            synchronized (lock) {
                if (pending.author().account() != Author.BACKEND) {
                    roster.endTyping(pending.author().name());
                }
                // The end of the typing is broadcast even if the message is refused.
                begin = broadcastBuffer.beginCycle();
                long now = now();
                pending.received(now);
                if (!publishState.answerAgain(pending, now)) {
                    store(pending);
                }
                begin |= broadcastBuffer.beginCycle();
            }
        } finally {
            broadcastBuffer.schedule(begin);
        }
    }

    @GuardedBy("lock")
    private void store(PendingMessage pending) {
        broadcastBuffer.requireRoomFor(pending);
        // Before the log gets the message, which may call back at once.
        publishState.begin(pending);
        try {
            config.log().append(pending);
            config.metrics().messages().increment();
        } catch (ChatException e) {
            publishState.abandon(pending);
            throw e;
        }
    }

    /** Broadcasts a stored message and acknowledges it. */
    @Override
    public void publish(PendingMessage pending, long messageId, long timestamp) {
        ServerEnvelope message = new ServerEnvelope.Message(
                pending.text(), timestamp, pending.author().name(), messageId, pending.replyTo());
        Ack ack = new Ack(messageId, timestamp, pending.ref() == null ? "" : pending.ref());
        boolean begin;
        List<Runnable> awaiting;
        synchronized (lock) {
            long now = now();
            config.metrics().commitSeconds().record(now - pending.receivedNanos());
            broadcastBuffer.toAllBut(
                    broadcastBuffer.membersBlocking(pending.author().name()), message);
            broadcastBuffer.countMessage(pending.receivedNanos());
            publishState.published(pending, ack, now);
            begin = broadcastBuffer.beginCycle();
            awaiting = publishState.takeAwaiting();
        }
        broadcastBuffer.schedule(begin);
        awaiting.forEach(Runnable::run);
    }

    @Override
    public void acknowledge(PendingMessage pending, long messageId, long timestamp) {
        Ack ack = new Ack(messageId, timestamp, pending.ref() == null ? "" : pending.ref());
        synchronized (lock) {
            publishState.publishedBefore(pending, ack, now());
        }
        finish();
    }

    @Override
    public void giveUp(PendingMessage pending, ChatException why) {
        synchronized (lock) {
            publishState.abandon(pending);
            pending.refuse(why);
        }
        finish();
    }

    /** Sends the replies of a message that is not published. */
    private void finish() {
        boolean begin;
        List<Runnable> awaiting;
        synchronized (lock) {
            begin = broadcastBuffer.beginCycle();
            awaiting = publishState.takeAwaiting();
        }
        broadcastBuffer.schedule(begin);
        awaiting.forEach(Runnable::run);
    }

    private long now() {
        return config.nanoTime().getAsLong();
    }
}
