package chat.weir.connection;

import chat.weir.channel.Channels;
import chat.weir.channel.Claim;
import chat.weir.channel.Member;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorCode;
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

    /** Null until the first one is joined: most connections never do. */
    private @Nullable Map<ChannelId, Member> joined;

    Memberships(Channels channels, Member own) {
        this.channels = channels;
        this.own = own;
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
            throw new ErrorReply(ErrorCode.FORBIDDEN, "you are not in the channel " + id + ": join it first");
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

    void add(Member member) {
        if (joined == null) {
            joined = new LinkedHashMap<>(4);
        }
        joined.put(member.channel().id(), member);
    }

    void remove(Member member) {
        if (joined != null) {
            joined.remove(member.channel().id());
        }
        channels.leave(member);
    }

    void leaveAll() {
        all().forEach(channels::leave);
        joined = null;
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
     * @param replaced gets those who lose the name by this
     * @return what came of it in the URL's channel, or that it is taken somewhere
     */
    Claim.Result claim(Claim wish, List<Member> replaced) {
        Claim claim = wish.inPlaceOf(own.channel().people().predecessor(wish));
        Claim.Result result = Claim.Result.TAKEN;
        // The URL's channel comes last: who is replaced there has lost his place, and must not if it fails elsewhere.
        List<Member> all = all();
        for (int i = all.size() - 1; i >= 0; i--) {
            Member member = all.get(i);
            result = member.channel().people().claim(member, claim);
            if (result.replaced() != null) {
                replaced.add(result.replaced());
            }
            if (!result.isGranted()) {
                all.forEach(one -> one.channel().people().renounce(one));
                break;
            }
        }
        return result;
    }
}
