package chat.weir.channel;

import chat.weir.history.Author;
import chat.weir.history.MessageChange;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ServerEnvelope;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;

/**
 * Publishes changes of messages, in one order with the channel's messages: each is stored, which determines its place,
 * then broadcast, then answered.
 *
 * <p>Threading: guarded by the channel's lock. Nothing is delivered while the lock is held.
 */
final class ChangePublisher implements PendingChange.Publisher {
    private final Object lock;
    private final ChannelConfig config;
    private final BroadcastBuffer broadcastBuffer;

    @GuardedBy("lock")
    private final PublishState publishState;

    /** @param lock the channel's */
    ChangePublisher(Object lock, ChannelConfig config, BroadcastBuffer broadcastBuffer, PublishState publishState) {
        this.lock = lock;
        this.config = config;
        this.broadcastBuffer = broadcastBuffer;
        this.publishState = publishState;
    }

    /** Publishes a member's change and replies to the member. @throws ChatException as the other */
    void submit(Member member, Author author, MessageChange change, ClientEnvelope request) {
        submit(author, change, new ChangeReply(broadcastBuffer, config, member, request));
    }

    /** Publishes a change. @throws ChatException 503 if too much waits to be stored or delivered; then nobody sees it */
    void submit(Author author, MessageChange change, ChangeListener listener) {
        PendingChange pending = new PendingChange(broadcastBuffer.channel(), author, change, this, listener);
        boolean begin;
        synchronized (lock) {
            broadcastBuffer.requireRoomFor(pending);
            // Before the log gets the change, which may call back at once.
            publishState.begin();
            try {
                config.log().append(pending);
            } catch (ChatException e) {
                publishState.abandon();
                throw e;
            }
            begin = broadcastBuffer.beginCycle();
        }
        broadcastBuffer.schedule(begin);
    }

    @Override
    public void publish(PendingChange pending, long seq, long timestamp) {
        synchronized (lock) {
            broadcast(pending, seq, timestamp);
            publishState.publishedChange(seq);
            pending.listener().done();
        }
        finish();
    }

    @Override
    public void skip(PendingChange pending) {
        synchronized (lock) {
            publishState.abandon();
            pending.listener().done();
        }
        finish();
    }

    @Override
    public void giveUp(PendingChange pending, ChatException why) {
        synchronized (lock) {
            publishState.abandon();
            pending.listener().refused(why);
        }
        finish();
    }

    @Override
    public void publishLate(PendingChange pending, long seq, long timestamp) {
        synchronized (lock) {
            broadcast(pending, seq, timestamp);
            publishState.publishedLate(seq);
        }
        finish();
    }

    /** Everyone learns of a deletion. Members do not see the edits and reactions of users whom they block. */
    private void broadcast(PendingChange pending, long seq, long timestamp) {
        MessageChange change = pending.change();
        ServerEnvelope envelope = change.envelope(pending.author().name(), seq, timestamp);
        if (change instanceof MessageChange.Delete) {
            broadcastBuffer.toAll(envelope);
        } else {
            broadcastBuffer.toAllBut(
                    broadcastBuffer.membersBlocking(pending.author().name()), envelope);
        }
    }

    private void finish() {
        List<Runnable> awaiting;
        synchronized (lock) {
            awaiting = publishState.takeAwaiting();
        }
        broadcastBuffer.flush();
        awaiting.forEach(Runnable::run);
    }
}
