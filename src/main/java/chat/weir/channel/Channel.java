package chat.weir.channel;

import chat.weir.history.MessageIds;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.Frame;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.UserName;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel: its members, the names they hold, and what is said, in one order for all of them.
 *
 * <p>Whatever reaches a member on account of the channel, replies included, goes through the channel's runs, so that
 * nobody sees an acknowledgement before the message that it is about.
 *
 * <p>Threading: guarded by this. Nothing is delivered while the lock is held.
 */
public final class Channel {
    private static final Member[] NOBODY = {};

    private final ChannelId id;
    private final ChannelRules rules;

    @GuardedBy("this")
    private final List<Member> members = new ArrayList<>(2);

    @GuardedBy("this")
    private final Map<String, Member> names = new HashMap<>(4);

    @GuardedBy("this")
    private final SentRefs sentRefs;

    /** The members as an array for a turn to walk over; null when the list has changed since. */
    @GuardedBy("this")
    private Member @Nullable [] audience = NOBODY;

    @GuardedBy("this")
    private Run waiting = new Run();

    @GuardedBy("this")
    private Run spare = new Run();

    /** A turn is under way or about to be. */
    @GuardedBy("this")
    private boolean turning;

    Channel(ChannelId id, ChannelRules rules) {
        this.id = id;
        this.rules = rules;
        this.sentRefs = new SentRefs(rules.refPlaces());
    }

    public ChannelId id() {
        return id;
    }

    synchronized Member join(Subscriber subscriber) {
        Member member = new Member(this, subscriber);
        member.index = members.size();
        members.add(member);
        audience = null;
        if (!waiting.isEmpty()) {
            waiting.startFor(member);
        }
        return member;
    }

    synchronized void leave(Member member) {
        release(member);
        Member last = members.remove(members.size() - 1);
        if (last != member) {
            members.set(member.index, last);
            last.index = member.index;
        }
        audience = null;
    }

    synchronized boolean isEmpty() {
        return members.isEmpty();
    }

    /** Nobody can find this channel any more. */
    synchronized void forgotten() {
        sentRefs.forgetAll();
    }

    /** Nobody is here, and nothing is remembered that somebody who returns would miss. */
    synchronized boolean isForgettable() {
        return members.isEmpty() && sentRefs.isEmpty(rules.nanoTime().getAsLong());
    }

    /**
     * Gives a name to a member, and frees the one that it had.
     *
     * @return false if another member holds the name; then nothing has changed
     */
    public synchronized boolean claim(Member member, UserName name) {
        Member holder = names.putIfAbsent(name.key(), member);
        if (holder != null && holder != member) {
            return false;
        }
        if (member.name != null && !member.name.key().equals(name.key())) {
            names.remove(member.name.key());
        }
        member.name = name;
        return true;
    }

    /** Frees the name that a member holds, if it holds one. */
    public synchronized void release(Member member) {
        if (member.name != null) {
            names.remove(member.name.key());
            member.name = null;
        }
    }

    /**
     * Says something to all members, and acknowledges it if there is a ref. What was said under the same name and ref
     * before is not said again, only acknowledged.
     *
     * @throws ErrorReply 503 when more waits to be delivered than the channel may hold; nobody has seen the message
     */
    public void say(Member sender, UserName name, String text, @Nullable String ref) {
        boolean first;
        synchronized (this) {
            Ack known = ref == null
                    ? null
                    : sentRefs.find(name, ref, rules.nanoTime().getAsLong());
            if (known != null) {
                waiting.append(sender, encode(known));
            } else {
                publish(sender, name, text, ref);
            }
            first = !turning;
            turning = true;
        }
        if (first) {
            rules.turns().add(this);
        }
    }

    @GuardedBy("this")
    private void publish(Member sender, UserName name, String text, @Nullable String ref) {
        if (rules.closing().get()) {
            throw new ErrorReply(ErrorCode.UNAVAILABLE, "the server is going away: nobody saw this, try again");
        }
        if (waiting.length() > rules.maxWaitingBytes()) {
            throw new ErrorReply(ErrorCode.UNAVAILABLE, "the channel is overloaded: nobody saw this, try again");
        }
        MessageIds.Stamp stamp = rules.ids().next();
        waiting.append(encode(new ServerEnvelope.Message(text, stamp.timestamp(), name, stamp.id())));
        if (ref != null) {
            Ack ack = new Ack(stamp.id(), stamp.timestamp(), ref);
            sentRefs.remember(name, ack, rules.nanoTime().getAsLong());
            waiting.append(sender, encode(ack));
        }
    }

    /** Sends one member a frame, behind all that the channel has said so far. */
    public void reply(Member member, Frame frame) {
        synchronized (this) {
            if (turning) {
                waiting.append(member, frame);
                return;
            }
        }
        member.subscriber().deliver(frame);
    }

    private Frame encode(ServerEnvelope envelope) {
        return rules.codec().encode(envelope);
    }

    /** Delivers what waits, and asks for another turn if something has come meanwhile. */
    void turn(Delivery delivery) {
        Run run;
        Member[] to;
        synchronized (this) {
            run = waiting;
            waiting = spare;
            spare = run;
            to = audience();
        }
        try {
            delivery.deliver(run, to);
        } finally {
            boolean again;
            synchronized (this) {
                run.clear();
                again = !waiting.isEmpty();
                turning = again;
            }
            if (again) {
                rules.turns().add(this);
            }
        }
    }

    @GuardedBy("this")
    private Member[] audience() {
        if (audience == null) {
            audience = members.toArray(NOBODY);
        }
        return audience;
    }
}
