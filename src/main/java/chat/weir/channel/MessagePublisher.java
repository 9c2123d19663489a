package chat.weir.channel;

import chat.weir.history.Author;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Ack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages in a channel: each is stored, which determines its order, then broadcast, then acknowledged.
 *
 * <p>Threading: guarded by the channel. Nothing is delivered while the lock is held.
 */
final class MessagePublisher implements PendingMessage.Publisher {
    private final Channel channel;
    private final ChannelConfig config;
    private final MemberList memberList;
    private final BroadcastBuffer broadcastBuffer;
    private final PublishState publishState;

    MessagePublisher(
            Channel channel,
            ChannelConfig config,
            MemberList memberList,
            BroadcastBuffer broadcastBuffer,
            PublishState publishState) {
        this.channel = channel;
        this.config = config;
        this.memberList = memberList;
        this.broadcastBuffer = broadcastBuffer;
        this.publishState = publishState;
    }

    /** Publishes a member's message and replies to the member. @throws ChatException as the other */
    void submit(Member member, UserIdentity sender, String text, @Nullable String ref) {
        submit(
                sender,
                text,
                ref,
                new PublishReply(broadcastBuffer, config.metrics().errors(), member, ref));
    }

    /** Publishes a message. @throws ChatException 503 if too much waits to be stored or delivered; then nobody sees it */
    void submit(UserIdentity sender, String text, @Nullable String ref, PublishListener listener) {
        submit(new PendingMessage(channel.id(), this, sender, text, ref, listener));
    }

    private void submit(PendingMessage pending) {
        boolean begin = false;
        try {
            synchronized (channel) {
                if (pending.author().account() != Author.BACKEND) {
                    channel.roster().endTyping(pending.author().name());
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
            channel.scheduleCycle(begin);
        }
    }

    private void store(PendingMessage pending) {
        if (config.closing().get()) {
            throw new ChatException(
                    ErrorReason.UNAVAILABLE, "the server is stopping: the message was not delivered, try again");
        }
        if (broadcastBuffer.waitingBytes() > config.maxWaitingBytes()
                || config.budget().isFull()) {
            throw new ChatException(
                    ErrorReason.UNAVAILABLE, "the channel is overloaded: the message was not delivered, try again");
        }
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
                pending.text(), timestamp, pending.author().name(), messageId);
        Ack ack = new Ack(messageId, timestamp, pending.ref() == null ? "" : pending.ref());
        boolean begin;
        List<Runnable> awaiting;
        synchronized (channel) {
            long now = now();
            config.metrics().commitSeconds().record(now - pending.receivedNanos());
            broadcastBuffer.toAllBut(memberList.membersBlocking(pending.author().name()), message);
            broadcastBuffer.countMessage(pending.receivedNanos());
            publishState.published(pending, ack, now);
            begin = broadcastBuffer.beginCycle();
            awaiting = publishState.takeAwaiting();
        }
        channel.scheduleCycle(begin);
        awaiting.forEach(Runnable::run);
    }

    @Override
    public void giveUp(PendingMessage pending, ChatException why) {
        boolean begin;
        List<Runnable> awaiting;
        synchronized (channel) {
            publishState.abandon(pending);
            pending.refuse(why);
            begin = broadcastBuffer.beginCycle();
            awaiting = publishState.takeAwaiting();
        }
        channel.scheduleCycle(begin);
        awaiting.forEach(Runnable::run);
    }

    private long now() {
        return config.nanoTime().getAsLong();
    }
}
