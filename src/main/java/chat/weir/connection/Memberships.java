package chat.weir.connection;

import chat.weir.account.OpenLogins;
import chat.weir.channel.Channels;
import chat.weir.channel.Claim;
import chat.weir.channel.Member;
import chat.weir.channel.Person;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
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
    private final Channels channels;
    private final Member own;
    private final Environment environment;
    private final Wire wire;

    /** Null until the first one is joined: most connections never do. */
    private @Nullable Map<ChannelId, Member> joined;

    private BlockedNames blocked = BlockedNames.NONE;

    Memberships(Environment environment, Member own, Wire wire) {
        this.environment = environment;
        this.channels = environment.channels();
        this.own = own;
        this.wire = wire;
    }

    Member own() {
        return own;
    }

    int size() {
        return joined == null ? 1 : 1 + joined.size();
    }

    /**
     * The place in a channel that an envelope names.
     *
     * @param id null: the URL's
     * @throws ErrorReply 403 if the connection is not in that channel
     */
    Member in(@Nullable ChannelId id) {
        Member member = id == null ? own : find(id);
        if (member == null) {
            throw new ErrorReply(ErrorReason.NOT_MEMBER, "you are not in the channel " + id + ": join it first");
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
     * @throws ErrorReply 403 if it is somebody else's private chat or the client is banned, or muted under another name, there, 409 if the name is
     *     taken there
     */
    Member enter(ChannelId channel, State state, Aftermath aftermath) {
        refuseStranger(channel, state);
        refuseSanctioned(channel, state);
        Member member = channels.join(channel, wire, own.owner());
        boolean isIn = false;
        try {
            // Once more, since now the chat cannot end any more, and a ban finds the client here.
            refuseStranger(channel, state);
            refuseSanctioned(channel, state);
            claimName(member, state, aftermath);
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

    private void refuseSanctioned(ChannelId channel, State state) {
        Author author = state.author();
        environment.doorkeeper().refuseBanned(channel, author, wire);
        if (author != null) {
            environment.doorkeeper().refuseMutedName(channel, author, wire);
        }
    }

    /** Whether a mute keeps one of the channels from being told that somebody is there under a name. */
    boolean isNameMuted(Author author) {
        return all().stream()
                .anyMatch(member ->
                        environment.doorkeeper().isNameMuted(member.channel().id(), author, wire));
    }

    /** In the same words for a chat that there is and one that there is not. */
    private void refuseStranger(ChannelId channel, State state) {
        if (isClosedTo(channel, state)) {
            throw new ErrorReply(ErrorReason.PRIVATE, "only the two whose private chat it is may enter " + channel);
        }
    }

    private boolean isClosedTo(ChannelId channel, State state) {
        return channel.isPrivate() && !channels.privateChats().admits(channel, state.person());
    }

    private static void claimName(Member member, State state, Aftermath aftermath) {
        Author author = state.author();
        Person person = state.person();
        if (author == null || person == null) {
            return;
        }
        Claim.Result result = member.channel().people().claim(member, new Claim(author, person, null));
        if (!result.isGranted()) {
            throw new ErrorReply(
                    ErrorReason.NAME_TAKEN,
                    "your name is taken in the channel " + member.channel().id());
        }
        if (result.replaced() != null) {
            aftermath.replaced(result.replaced());
        }
        member.channel().people().adopt(member, state.isAuthenticated());
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
    void leaveClosed(State state, Aftermath aftermath) {
        if (joined != null) {
            List<Member> closed = joined.values().stream()
                    .filter(member -> isClosedTo(member.channel().id(), state))
                    .toList();
            closed.forEach(this::remove);
            aftermath.left(closed);
        }
    }

    void leaveJoined() {
        if (joined != null) {
            joined.values().forEach(channels::leave);
            joined = null;
        }
    }

    BlockedNames blocked() {
        return blocked;
    }

    void setBlocked(BlockedNames names) {
        blocked = names;
        all().forEach(member -> member.channel().setBlocked(member, names.all()));
    }

    /** The connection is not logged in to that account any more. */
    void endLogin(long account) {
        if (own.owner() instanceof OpenLogins.Socket socket) {
            environment.logins().open().remove(account, socket);
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
     * @param aftermath hears of those who lose the name by this
     * @return what came of it in the URL's channel, or that it is taken somewhere
     */
    Claim.Result claim(Claim wish, Aftermath aftermath) {
        Claim claim = own.channel().people().recognised(wish);
        Claim.Result result = Claim.Result.TAKEN;
        // Nobody is to lose a name to a claim that fails elsewhere. After this look only a race can make it fail; then
        // the
        // URL's channel is the last, where most is lost.
        List<Member> all = all();
        if (!all.stream().allMatch(member -> member.channel().people().grants(member, claim))) {
            return Claim.Result.TAKEN;
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Member member = all.get(i);
            result = member.channel().people().claim(member, claim);
            if (result.replaced() != null) {
                aftermath.replaced(result.replaced());
            }
            if (!result.isGranted()) {
                all.forEach(one -> one.channel().people().renounce(one));
                break;
            }
        }
        return result;
    }
}
