package chat.weir.channel;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.ServerEnvelope;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The channels there are. One is made when the first member comes, and forgotten when it is empty and the last
 * acknowledgement which a returning sender may ask for again has expired.
 *
 * <p>Threading: safe. A member joins and a channel is forgotten under the map's lock for that id, so nobody joins a
 * channel that is being forgotten.
 */
public final class Channels {
    /** With more channels than this, an empty one is forgotten at once. */
    static final int MAX_WITH_EMPTY_ONES = 100_000;

    private final ConcurrentHashMap<ChannelId, Channel> channels = new ConcurrentHashMap<>();
    private final PrivateChats privateChats = new PrivateChats();
    private final ChannelRules rules;
    private final Consumer<ChannelId> chatEnded;
    private final SecureRandom random = new SecureRandom();

    /** @param chatEnded is told of private chats that nobody can enter any more, under a lock: it may not wait */
    public Channels(ChannelRules rules, Consumer<ChannelId> chatEnded) {
        this.rules = rules;
        this.chatEnded = chatEnded;
    }

    /** Who may enter which private chat. */
    public PrivateChats privateChats() {
        return privateChats;
    }

    /** Joins a channel; the member hears nothing until it is told to listen. */
    public Member join(ChannelId id, Subscriber subscriber, Member.Owner owner, Member.Place place) {
        List<Member> joined = new ArrayList<>(1);
        channels.compute(id, (key, existing) -> {
            Channel channel = existing == null ? new Channel(key, rules) : existing;
            joined.add(channel.join(subscriber, owner, place));
            return channel;
        });
        return joined.get(0);
    }

    /**
     * Says something in a channel without being in it.
     *
     * @throws ErrorReply 503; nobody has seen the message
     */
    public void say(ChannelId id, Speaker speaker, String text, @Nullable String ref, Receipt receipt) {
        channels.compute(id, (key, existing) -> {
            Channel channel = existing == null ? new Channel(key, rules) : existing;
            channel.say(speaker, text, ref, receipt);
            return channel;
        });
    }

    /** A channel that there is. */
    public Optional<Channel> find(ChannelId id) {
        return Optional.ofNullable(channels.get(id));
    }

    /** Those that there are. */
    public List<Channel> all() {
        return List.copyOf(channels.values());
    }

    /** Who is in a channel. */
    public ServerEnvelope.Users users(ChannelId id) {
        Channel channel = channels.get(id);
        return channel == null
                ? new ServerEnvelope.Users(List.of(), 0, null)
                : channel.people().users();
    }

    /** The channels that somebody is in, save private chats and those with a generated id, with the number of connections, in the order of their ids. */
    public SortedMap<String, Integer> occupied() {
        SortedMap<String, Integer> occupied = new TreeMap<>();
        channels.forEach((id, channel) -> {
            int size = channel.size();
            if (size > 0 && !id.isPrivate() && !id.isGenerated()) {
                occupied.put(id.value(), size);
            }
        });
        return occupied;
    }

    /** An id that no channel has: for a client that named none. */
    public ChannelId unusedId() {
        ChannelId id = ChannelId.random(random);
        while (channels.containsKey(id)) {
            id = ChannelId.random(random);
        }
        return id;
    }

    /** Leaves the channel and frees the name. */
    public void leave(Member member) {
        channels.computeIfPresent(member.channel().id(), (id, channel) -> {
            channel.leave(member);
            return keep(channel, channels.size() <= MAX_WITH_EMPTY_ONES);
        });
    }

    /** The channel, or null if it has to go; under the map's lock for its id. */
    private @Nullable Channel keep(Channel channel, boolean mayRemember) {
        if (channel.id().isPassing() && channel.size() == 0) {
            end(channel.id());
            channel.forgotten();
            return null;
        }
        if (channel.isForgettable() || (!mayRemember && channel.isIdle())) {
            channel.forgotten();
            return null;
        }
        return channel;
    }

    /** Ends a private chat of guests if nobody is in it, as when it was begun and nobody came. */
    public void endIfEmpty(ChannelId id) {
        channels.compute(id, (key, channel) -> {
            if (channel == null) {
                end(id);
                return null;
            }
            return keep(channel, true);
        });
    }

    private void end(ChannelId id) {
        privateChats.end(id);
        chatEnded.accept(id);
    }

    /** Forgets channels that are empty and remember nothing; to be called now and then. */
    public void forgetEmpty() {
        for (ChannelId id : channels.keySet()) {
            channels.computeIfPresent(id, (key, channel) -> keep(channel, true));
        }
    }

    /** From now on nothing more is said: whoever speaks is told to try again, since the others are being sent away. */
    public void close() {
        rules.closing().set(true);
    }

    /** How many channels there are, the empty ones that are still remembered included. */
    public int size() {
        return channels.size();
    }
}
