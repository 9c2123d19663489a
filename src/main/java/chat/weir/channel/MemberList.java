package chat.weir.channel;

import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a channel, and those of them who listen.
 *
 * <p>Threading: confined to its channel's lock; the array it hands out is never changed.
 */
final class MemberList {
    private static final Member[] NOBODY = {};

    private final List<Member> members = new ArrayList<>(2);

    /** The number of members that joined the channel; the URL of the others names it. */
    private int joined;

    /** The members with a block list. */
    private final Set<Member> blocking = new LinkedHashSet<>(2);

    /** Null after a change. */
    private Member @Nullable [] listeners = NOBODY;

    void add(Member member) {
        member.index = members.size();
        members.add(member);
        joined += member.isJoined() ? 1 : 0;
    }

    /** Removes a member; false if it is none. */
    boolean remove(Member member) {
        if (member.index >= members.size() || members.get(member.index) != member) {
            return false;
        }
        Member last = members.remove(members.size() - 1);
        if (last != member) {
            members.set(member.index, last);
            last.index = member.index;
        }
        joined -= member.isJoined() ? 1 : 0;
        blocking.remove(member);
        listeners = null;
        return true;
    }

    void setListening(Member member, boolean isListening) {
        member.isListening = isListening;
        listeners = null;
    }

    /** @param keys the blocked names, in normal form */
    void setBlocked(Member member, Set<String> keys) {
        member.blocked = keys;
        if (keys.isEmpty()) {
            blocking.remove(member);
        } else {
            blocking.add(member);
        }
    }

    /** The members that block a user of this name. */
    List<Member> membersBlocking(UserName name) {
        if (blocking.isEmpty()) {
            return List.of();
        }
        return blocking.stream()
                .filter(member -> member.blocked.contains(name.key()))
                .toList();
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    int size() {
        return members.size();
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    boolean hasOwn() {
        return members.size() > joined;
    }

    boolean hasJoined() {
        return joined > 0;
    }

    /** The members who listen, for a broadcast cycle to iterate over. */
    Member[] listeners() {
        if (listeners == null) {
            listeners = members.stream().filter(member -> member.isListening).toArray(Member[]::new);
        }
        return listeners;
    }
}
