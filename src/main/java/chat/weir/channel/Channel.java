package chat.weir.channel;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.Frame;
import chat.weir.protocol.ServerEnvelope;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel: its members, who they are, and what is said, in one order for all of them.
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

    private final People people;
    private final Floor floor;

    @GuardedBy("this")
    private final Audience audience = new Audience();

    /** As many as are in the audience; written under the lock. */
    private volatile int connections;

    @GuardedBy("this")
    private final Outgoing outgoing;

    @GuardedBy("this")
    private final Speech speech;

    Channel(ChannelId id, ChannelRules rules) {
        this.id = id;
        this.rules = rules;
        this.outgoing = new Outgoing(id, rules.codec(), audience, rules.budget());
        this.people = new People(this, rules, audience, outgoing);
        this.speech = new Speech(rules.memoryPlaces());
        this.floor = new Floor(this, rules, audience, outgoing, speech);
    }

    public ChannelId id() {
        return id;
    }

    /** Who the members are. */
    public People people() {
        return people;
    }

    /** Adds a member once its owner is complete, so that nobody who goes through the members meets half an owner. */
    synchronized <O extends Member.Owner> O join(
            Subscriber subscriber, Member.Place place, Function<Member, ? extends O> ownerOf) {
        Member member = new Member(this, subscriber, place);
        O owner = ownerOf.apply(member);
        member.ownedBy(owner);
        audience.add(member);
        connections = audience.size();
        return owner;
    }

    /** From now on a member hears what is said. */
    public synchronized void listen(Member member) {
        if (!member.hears) {
            audience.setHears(member, true);
            member.hearsAfter = speech.lastId();
            outgoing.startFor(member);
        }
    }

    /** Greets a member, which from there on hears what is said: nothing is lost between the two. */
    public void welcome(Member member, ServerEnvelope greeting) {
        synchronized (this) {
            // It names the channel by itself.
            outgoing.to(member, rules.codec().encode(greeting));
            listen(member);
        }
        speak();
    }

    /** Tells a member that has left so, behind what was said before; to be called when it hears nothing any more. */
    public void farewell(Member member, ServerEnvelope envelope) {
        synchronized (this) {
            // It names the channel by itself.
            outgoing.to(member, rules.codec().encode(envelope));
        }
        speak();
    }

    /** From now on a member hears nothing but replies. */
    public synchronized void stopListening(Member member) {
        audience.setHears(member, false);
    }

    void leave(Member member) {
        synchronized (this) {
            if (!audience.remove(member)) {
                return;
            }
            connections = audience.size();
        }
        people.lose(member);
    }

    /**
     * From now on a member hears nothing of what some people say, nor that they are writing.
     *
     * @param keys their names in the normal form
     */
    public synchronized void setBlocked(Member member, Set<String> keys) {
        audience.setBlocked(member, keys);
    }

    /** Those that are here now. */
    public synchronized List<Member> members() {
        return audience.members();
    }

    /** How many connections are here; told without the lock. */
    int connections() {
        return connections;
    }

    /** Nobody is here, and nothing is being said. */
    synchronized boolean isIdle() {
        return audience.isEmpty() && speech.isSilent() && !outgoing.isTurning();
    }

    /** Nobody can find this channel any more. */
    synchronized void forgotten() {
        speech.forgetAll();
        people.forgetAll();
    }

    /** It is idle, and nothing is remembered that somebody who returns would miss. */
    synchronized boolean isForgettable() {
        return isIdle() && speech.remembersNothing(now()) && people.remembersNothing();
    }

    /**
     * Below which id messages in the log were not delivered to a member, since they were published before it began to
     * hear.
     *
     * @return nothing while that cannot be told yet; then the log has to be looked at again
     */
    public synchronized OptionalLong heardFrom(Member member) {
        return speech.heardFrom(member);
    }

    /**
     * Has a task run once {@link #heardFrom} can be told for every member; without the channel's lock, and on the thread
     * on which that comes out, which it may not keep.
     *
     * @return false if it can be told already; then the task is not run
     */
    public synchronized boolean awaitHeardFrom(Runnable task) {
        return speech.awaitFirst(task);
    }

    /** The task need not be run any more. */
    public synchronized void stopAwaiting(Runnable task) {
        speech.stopAwaiting(task);
    }

    /**
     * Says something to all members, and acknowledges it if there is a ref. What the same person sent with the same
     * ref before is not sent again, only acknowledged.
     *
     * @throws ErrorReply 503 when more waits to be stored or delivered than may; nobody has seen the message
     */
    public void say(Member sender, Speaker speaker, String text, @Nullable String ref) {
        floor.say(new Utterance(id, floor, speaker, text, ref, new MemberReceipt(sender, ref)));
    }

    void say(Speaker speaker, String text, @Nullable String ref, Receipt receipt) {
        floor.say(new Utterance(id, floor, speaker, text, ref, receipt));
    }

    /** Sends all members an envelope. */
    public void broadcast(ServerEnvelope envelope) {
        synchronized (this) {
            outgoing.toAll(envelope);
        }
        speak();
    }

    /** Sends all members but some an envelope. */
    public void broadcastBut(Collection<Member> some, ServerEnvelope envelope) {
        synchronized (this) {
            outgoing.toAllBut(some, envelope);
        }
        speak();
    }

    /** Sends one member an envelope about the channel, behind all that the channel has said so far. */
    public void reply(Member member, ServerEnvelope envelope) {
        reply(member, rules.codec().encode(envelope, member.tag()));
    }

    /** Sends one member a frame, behind all that the channel has said so far. */
    public void reply(Member member, Frame frame) {
        synchronized (this) {
            if (outgoing.isTurning()) {
                outgoing.to(member, frame);
                return;
            }
        }
        member.subscriber().deliver(frame);
    }

    /** Sees to it that what waits is said. */
    void speak() {
        boolean begin;
        synchronized (this) {
            begin = outgoing.beginTurn();
        }
        addTurn(begin);
    }

    /** Puts an envelope for one member in its place among what all get; the turn is asked for by the caller. */
    synchronized void aside(Member member, ServerEnvelope envelope) {
        outgoing.to(member, envelope);
    }

    /** @param begin whether a turn has to be asked for */
    void addTurn(boolean begin) {
        if (begin) {
            rules.turns().add(this);
        }
    }

    /** Delivers what waits, and asks for another turn if something has come meanwhile. */
    void turn(Delivery delivery) {
        Run run;
        Member[] to;
        synchronized (this) {
            run = outgoing.takeRun();
            to = run.isForAll() ? audience.listeners() : NOBODY;
        }
        try {
            delivery.deliver(run, to);
            count(run, to.length);
        } finally {
            boolean again;
            synchronized (this) {
                again = outgoing.endTurn();
            }
            addTurn(again);
        }
    }

    private void count(Run run, int members) {
        rules.metrics().deliveries().add((long) run.frames() * members);
        if (run.messages() > 0) {
            rules.metrics().broadcastMessages().record(run.messages());
            rules.metrics().deliverySeconds().record(now() - run.firstReceivedNanos(), run.messages());
        }
    }

    private long now() {
        return rules.nanoTime().getAsLong();
    }
}
