package chat.weir.channel;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.Utf8Order;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The channels there are. One is made when the first member comes, and forgotten when it is empty and the last
 * acknowledgement which a returning sender may ask for again has expired.
 *
 * <p>Threading: safe. A member joins and a channel is forgotten under the map's lock for that id, so nobody joins a
 * channel that is being forgotten.
 */
public final class ChannelRegistry {
    /** With more channels than this, or than a quarter of those that there may be, an empty one is forgotten at once. */
    static final int MAX_WITH_EMPTY_ONES = 100_000;

    private final ConcurrentHashMap<ChannelId, Channel> channels = new ConcurrentHashMap<>();

    /** Those that somebody is in, save private chats and those with a generated id; changed under the map's lock for the id. */
    private final ConcurrentSkipListMap<String, Channel> occupied = new ConcurrentSkipListMap<>(Utf8Order.TEXTS);

    private final PrivateChats privateChats = new PrivateChats();
    private final ChannelConfig config;
    private final Consumer<ChannelId> chatEnded;
    private final SecureRandom random = new SecureRandom();

    /** @param chatEnded is told of private chats that nobody can enter any more, under a lock: it may not wait */
    public ChannelRegistry(ChannelConfig config, Consumer<ChannelId> chatEnded) {
        this.config = config;
        this.chatEnded = chatEnded;
    }

    /** Who may enter which private chat. */
    public PrivateChats privateChats() {
        return privateChats;
    }

    /**
     * Joins another channel; the member hears nothing until it is told to listen.
     *
     * @throws ChatException 503 if the channel would be one too many
     */
    public Member join(ChannelId id, ChannelClient client) {
        List<Member> joined = new ArrayList<>(1);
        ChannelClient unused = join(id, Member.Place.JOINED, member -> {
            joined.add(member);
            return client;
        });
        return joined.get(0);
    }

    /**
     * Joins the channel of a URL. The client is made from its membership, and is complete before others can find it
     * there.
     *
     * @param clientOf called under locks: it may neither wait nor send. If it throws, nobody has joined
     * @throws ChatException 503 if the channel would be one too many
     */
    public <C extends ChannelClient> C joinOwn(ChannelId id, Function<Member, ? extends C> clientOf) {
        return join(id, Member.Place.OWN, clientOf);
    }

    private <C extends ChannelClient> C join(ChannelId id, Member.Place place, Function<Member, ? extends C> clientOf) {
        checkRoom(id, place == Member.Place.OWN ? config.maxChannels() : config.maxChannels() / 2);
        List<C> joined = new ArrayList<>(1);
        channels.compute(id, (key, existing) -> {
            Channel channel = existing == null ? new Channel(key, config) : existing;
            joined.add(channel.<C>join(place, clientOf));
            if (!id.isPrivate() && !id.isGenerated()) {
                occupied.putIfAbsent(id.value(), channel);
            }
            return channel;
        });
        return joined.get(0);
    }

    /**
     * Keeps the channels within their share of memory: a client may be in many. Those that are joined or spoken in from
     * outside have half of it, so that they never keep anybody from connecting.
     */
    private void checkRoom(ChannelId id, int max) {
        if (channels.size() >= max && !channels.containsKey(id)) {
            throw new ChatException(ErrorReason.UNAVAILABLE, "there are too many channels: try later");
        }
    }

    /**
     * Says something in a channel without being in it.
     *
     * @throws ChatException 503; nobody has seen the message
     */
    public void publish(
            ChannelId id, MessageSender sender, String text, @Nullable String ref, PublishListener listener) {
        checkRoom(id, config.maxChannels() / 2);
        channels.compute(id, (key, existing) -> {
            Channel channel = existing == null ? new Channel(key, config) : existing;
            channel.publish(sender, text, ref, listener);
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
                : channel.roster().users();
    }

    /**
     * A page of the channels, save private chats and those with a generated id, that somebody is in, with the number of connections, in the order of
     * the UTF-8 of their ids. No channel is locked for it.
     *
     * @param after the id that the page begins behind; empty: at the first
     */
    public SortedMap<String, Integer> occupied(String after, int limit) {
        SortedMap<String, Integer> page = new TreeMap<>(Utf8Order.TEXTS);
        for (Channel channel : occupied.tailMap(after, false).values()) {
            if (page.size() == limit) {
                break;
            }
            page.put(channel.id().value(), channel.connections());
        }
        return page;
    }

    /**
     * Whether guests go by a name now of whom one at least is not the one whose secret this is: another guest of the name
     * in another channel is another person. Locks every channel for a moment.
     */
    public boolean isUsedByAnother(UserName name, @Nullable String resume) {
        Set<Participant> guests = new HashSet<>();
        Set<Participant> proven = new HashSet<>();
        for (Channel channel : channels.values()) {
            channel.roster().guestHeldName(name).ifPresent(heldName -> {
                guests.add(heldName.participant());
                if (heldName.hasSecret(resume)) {
                    proven.add(heldName.participant());
                }
            });
        }
        return !proven.containsAll(guests);
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
            if (channel.connections() == 0) {
                occupied.remove(id.value());
            }
            return keep(channel, channels.size() <= Math.min(MAX_WITH_EMPTY_ONES, config.maxChannels() / 4));
        });
    }

    /** The channel, or null if it has to go; under the map's lock for its id. */
    private @Nullable Channel keep(Channel channel, boolean mayRemember) {
        if (channel.id().isPassing() && channel.connections() == 0) {
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
        config.closing().set(true);
    }

    /** How many channels there are, the empty ones that are still remembered included. */
    public int size() {
        return channels.size();
    }

    /** How many memberships there are in all channels. Looks at each channel, without its lock. */
    public int memberCount() {
        return channels.values().stream().mapToInt(Channel::connections).sum();
    }
}
