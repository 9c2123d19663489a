package chat.weir.connection;

import chat.weir.account.LoginRegistry;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.Member;
import chat.weir.channel.NameClaim;
import chat.weir.channel.Participant;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The channels that one connection is in: that of its URL, and those it joined. It holds one name in all of them.
 *
 * <p>Threading: guarded by its connection.
 */
final class Memberships {
    private final ChannelRegistry channels;
    private final Member own;
    private final Environment environment;
    private final ClientTransport transport;

    /** Null until the first one is joined: most connections never do. */
    private @Nullable Map<ChannelId, Member> joined;

    private BlockList blocked = BlockList.NONE;

    Memberships(Environment environment, Member own, ClientTransport transport) {
        this.environment = environment;
        this.channels = environment.channels();
        this.own = own;
        this.transport = transport;
    }

    Member own() {
        return own;
    }

    int size() {
        return joined == null ? 1 : 1 + joined.size();
    }

    /**
     * The membership of the channel that an envelope names.
     *
     * @param id null: the URL's
     * @throws ChatException 403 if the connection is not in that channel
     */
    Member in(@Nullable ChannelId id) {
        Member member = id == null ? own : find(id);
        if (member == null) {
            throw new ChatException(ErrorReason.NOT_MEMBER, "you are not in the channel " + id + ": join it first");
        }
        return member;
    }

    @Nullable
    Member find(ChannelId id) {
        if (own.channel().id().equals(id)) {
            return own;
        }
        return joined == null ? null : joined.get(id);
    }

    /**
     * Enters another channel under the name that the connection has.
     *
     * @throws ChatException 403 if it is somebody else's private chat or the client is banned, or muted under another
     *     name, there, 409 if the name is taken there
     */
    Member enter(ChannelId channel, AuthState state, DeferredNotices notices) {
        refuseStranger(channel, state);
        refuseSanctioned(channel, state);
        Member member = channels.join(channel, transport, own.owner());
        boolean isIn = false;
        try {
            // Once more, since now the chat cannot end any more, and a ban finds the client here.
            refuseStranger(channel, state);
            refuseSanctioned(channel, state);
            claimName(member, state, notices);
            add(member);
            isIn = true;
        } finally {
            if (!isIn) {
                // Whatever went wrong: a member that its connection does not know of would stay for ever.
                channels.leave(member);
            }
        }
        return member;
    }

    private void refuseSanctioned(ChannelId channel, AuthState state) {
        Author author = state.author();
        environment.accessControl().refuseBanned(channel, author, transport);
        if (author != null) {
            environment.accessControl().refuseMutedName(channel, author, transport);
        }
    }

    /** Whether a mute keeps one of the channels from being told that somebody is there under a name. */
    boolean isNameMuted(Author author) {
        return all().stream()
                .anyMatch(member ->
                        environment.accessControl().isNameMuted(member.channel().id(), author, transport));
    }

    /** In the same words for a chat that there is and one that there is not. */
    private void refuseStranger(ChannelId channel, AuthState state) {
        if (isClosedTo(channel, state)) {
            throw new ChatException(ErrorReason.PRIVATE, "only the two whose private chat it is may enter " + channel);
        }
    }

    private boolean isClosedTo(ChannelId channel, AuthState state) {
        return channel.isPrivate() && !channels.privateChats().admits(channel, state.participant());
    }

    private static void claimName(Member member, AuthState state, DeferredNotices notices) {
        Author author = state.author();
        Participant participant = state.participant();
        if (author == null || participant == null) {
            return;
        }
        NameClaim.Result result = member.channel().roster().claim(member, new NameClaim(author, participant, null));
        if (!result.isGranted()) {
            throw new ChatException(
                    ErrorReason.NAME_TAKEN,
                    "your name is taken in the channel " + member.channel().id());
        }
        if (result.replaced() != null) {
            notices.replaced(result.replaced());
        }
        member.channel().roster().adopt(member, state.isAuthenticated());
    }

    private void add(Member member) {
        if (joined == null) {
            joined = new LinkedHashMap<>(4);
        }
        joined.put(member.channel().id(), member);
        if (!blocked.all().isEmpty()) {
            member.channel().setBlocked(member, blocked.all());
        }
    }

    void remove(Member member) {
        if (joined != null) {
            joined.remove(member.channel().id());
        }
        channels.leave(member);
    }

    /** Leaves the private chats which somebody may not enter, since the client has become him. */
    void leaveClosed(AuthState state, DeferredNotices notices) {
        if (joined != null) {
            List<Member> closed = joined.values().stream()
                    .filter(member -> isClosedTo(member.channel().id(), state))
                    .toList();
            closed.forEach(this::remove);
            notices.left(closed);
        }
    }

    void leaveJoined() {
        if (joined != null) {
            joined.values().forEach(channels::leave);
            joined = null;
        }
    }

    BlockList blocked() {
        return blocked;
    }

    void setBlocked(BlockList names) {
        blocked = names;
        all().forEach(member -> member.channel().setBlocked(member, names.all()));
    }

    /** The connection is not logged in to that account any more. */
    void endLogin(long account) {
        if (own.owner() instanceof LoginRegistry.Socket socket) {
            environment.loginServices().open().remove(account, socket);
        }
    }

    void leaveAll() {
        try {
            leaveJoined();
        } finally {
            channels.leave(own);
        }
    }

    List<Member> all() {
        if (joined == null) {
            return List.of(own);
        }
        List<Member> all = new ArrayList<>(size());
        all.add(own);
        all.addAll(joined.values());
        return all;
    }

    /**
     * Asks for a name in all channels; it has in all or in none.
     *
     * @param notices hears of those who lose the name by this
     * @return what came of it in the URL's channel, or that it is taken somewhere
     */
    NameClaim.Result claim(NameClaim wish, DeferredNotices notices) {
        NameClaim claim = own.channel().roster().recognised(wish);
        NameClaim.Result result = NameClaim.Result.TAKEN;
        // Nobody is to lose a name to a claim that fails elsewhere. After this look only a race can make it fail; then
        // the
        // URL's channel is the last, where most is lost.
        List<Member> all = all();
        if (!all.stream().allMatch(member -> member.channel().roster().grants(member, claim))) {
            return NameClaim.Result.TAKEN;
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Member member = all.get(i);
            result = member.channel().roster().claim(member, claim);
            if (result.replaced() != null) {
                notices.replaced(result.replaced());
            }
            if (!result.isGranted()) {
                all.forEach(one -> one.channel().roster().renounce(one));
                break;
            }
        }
        return result;
    }
}
