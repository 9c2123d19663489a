package chat.weir.channel;

import chat.weir.channel.presence.Participant;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.history.Author;
import chat.weir.history.MessageChange;
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
 * All channels. A channel is created for its first member, and forgotten when it is empty and the last acknowledgement
 * that a returning sender may ask for again has expired.
 *
 * <p>Threading: safe. Members join, and channels are forgotten, under the map's lock for the id, so that no client
 * joins a channel that is being forgotten.
 */
public final class ChannelRegistry {
    /** With more channels than this, or than a quarter of the maximum, an empty one is forgotten at once. */
    static final int MAX_WITH_EMPTY_ONES = 100_000;

    private final ConcurrentHashMap<ChannelId, Channel> channels = new ConcurrentHashMap<>();

    /** Those with members, except private chats and generated ids; changed under the map's lock for the id. */
    private final ConcurrentSkipListMap<String, Channel> occupied = new ConcurrentSkipListMap<>(Utf8Order.TEXTS);

    private final PrivateChats privateChats = new PrivateChats();
    private final ChannelConfig config;
    private final Consumer<ChannelId> chatEnded;
    private final SecureRandom random = new SecureRandom();

    /** @param chatEnded called under a lock with private chats that have ended; it must not wait */
    public ChannelRegistry(ChannelConfig config, Consumer<ChannelId> chatEnded) {
        this.config = config;
        this.chatEnded = chatEnded;
    }

    /** The participants of each private chat. */
    public PrivateChats privateChats() {
        return privateChats;
    }

    /**
     * Joins another channel; nothing is delivered to the member until it listens.
     *
     * @throws ChatException 503 if there are too many channels
     */
    public Member join(ChannelId id, ChannelClient client) {
        List<Member> joined = new ArrayList<>(1);
        ChannelClient unused = join(id, Member.Kind.JOINED, member -> {
            joined.add(member);
            return client;
        });
        return joined.get(0);
    }

    /**
     * Joins the channel of a URL. The client is made from its membership, and is complete before others can find it
     * there.
     *
     * @param clientOf called under locks: it must neither wait nor send. If it throws, no member has joined
     * @throws ChatException 503 if there are too many channels
     */
    public <C extends ChannelClient> C joinOwn(ChannelId id, Function<Member, ? extends C> clientOf) {
        return join(id, Member.Kind.OWN, clientOf);
    }

    private <C extends ChannelClient> C join(ChannelId id, Member.Kind kind, Function<Member, ? extends C> clientOf) {
        checkRoom(id, kind == Member.Kind.OWN ? config.maxChannels() : config.maxChannels() / 2);
        List<C> joined = new ArrayList<>(1);
        channels.compute(id, (key, existing) -> {
            Channel channel = existing == null ? new Channel(key, config) : existing;
            joined.add(channel.<C>join(kind, clientOf));
            if (!id.isPrivate() && !id.isGenerated()) {
                occupied.putIfAbsent(id.value(), channel);
            }
            return channel;
        });
        return joined.get(0);
    }

    /**
     * Limits the number of channels. Channels that are joined, or published to from outside, may use half of the limit, so
     * that they never prevent clients from connecting.
     */
    private void checkRoom(ChannelId id, int max) {
        if (channels.size() >= max && !channels.containsKey(id)) {
            throw new ChatException(ErrorReason.UNAVAILABLE, "there are too many channels: try later");
        }
    }

    /**
     * Publishes a message in a channel from outside.
     *
     * @throws ChatException 503 if it cannot be published; then nobody has seen it
     */
    public void publish(
            ChannelId id, UserIdentity sender, String text, @Nullable String ref, PublishListener listener) {
        checkRoom(id, config.maxChannels() / 2);
        channels.compute(id, (key, existing) -> {
            Channel channel = existing == null ? new Channel(key, config) : existing;
            channel.publish(sender, text, ref, listener);
            return channel;
        });
    }

    /**
     * Publishes a change of a message from outside. Its rights have been checked.
     *
     * @throws ChatException 503 if it cannot be published; then nobody has seen it
     */
    public void change(ChannelId id, Author author, MessageChange change, ChangeListener listener) {
        checkRoom(id, config.maxChannels() / 2);
        channels.compute(id, (key, existing) -> {
            Channel channel = existing == null ? new Channel(key, config) : existing;
            channel.change(author, change, listener);
            return channel;
        });
    }

    /** Finds an existing channel. */
    public Optional<Channel> find(ChannelId id) {
        return Optional.ofNullable(channels.get(id));
    }

    /** All existing channels. */
    public List<Channel> all() {
        return List.copyOf(channels.values());
    }

    /** The users who are present in a channel. */
    public ServerEnvelope.Users users(ChannelId id) {
        Channel channel = channels.get(id);
        return channel == null
                ? new ServerEnvelope.Users(List.of(), 0, null)
                : channel.roster().users();
    }

    /**
     * Returns a page of the channels that have members, with the number of connections in each, in the order of the ids'
     * UTF-8. Private chats and generated ids are left out. Locks no channel.
     *
     * @param after the id after which the page begins; empty: at the first
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
     * Whether a guest holds this name who is not the owner of the secret. Guests of the same name in different channels may
     * be different participants. Locks every channel for a moment.
     */
    public boolean isUsedByAnother(UserName name, @Nullable String resume) {
        Set<Participant> guests = new HashSet<>();
        Set<Participant> proven = new HashSet<>();
        for (Channel channel : channels.values()) {
            channel.roster().guest(name, resume).ifPresent(guest -> {
                guests.add(guest.participant());
                if (guest.hasSecret()) {
                    proven.add(guest.participant());
                }
            });
        }
        return !proven.containsAll(guests);
    }

    /** Generates an unused id, for a client that named no channel. */
    public ChannelId unusedId() {
        ChannelId id = ChannelId.random(random);
        while (channels.containsKey(id)) {
            id = ChannelId.random(random);
        }
        return id;
    }

    /** Removes a member from its channel and frees its name. */
    public void leave(Member member) {
        channels.computeIfPresent(member.channel().id(), (id, channel) -> {
            channel.leave(member);
            if (channel.connections() == 0) {
                occupied.remove(id.value());
            }
            return keep(channel, channels.size() <= Math.min(MAX_WITH_EMPTY_ONES, config.maxChannels() / 4));
        });
    }

    /** Returns the channel, or null if it is forgotten; under the map's lock for its id. */
    private @Nullable Channel keep(Channel channel, boolean mayRemember) {
        if (channel.id().isEphemeral() && channel.connections() == 0) {
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

    /** Ends a private chat of guests if it has no members, as when nobody accepted the invitation. */
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

    /** Forgets empty channels without entries that have not expired; called periodically. */
    public void forgetEmpty() {
        for (ChannelId id : channels.keySet()) {
            channels.computeIfPresent(id, (key, channel) -> keep(channel, true));
        }
    }

    /** Stops publishing: from now on senders get 503, since their readers are being disconnected. */
    public void close() {
        config.closing().set(true);
    }

    /** The number of channels, including empty ones that have not been forgotten yet. */
    public int size() {
        return channels.size();
    }

    /** The number of members of all channels. Visits each channel, without its lock. */
    public int memberCount() {
        return channels.values().stream().mapToInt(Channel::connections).sum();
    }
}
