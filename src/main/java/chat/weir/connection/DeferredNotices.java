package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.ServerEnvelope;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices about a change of a connection's identity, sent after its lock has been released.
 *
 * <p>Threading: confined to the thread that makes the change.
 */
final class DeferredNotices {
    private static final String REPLACED = "another connection has taken your name by right";

    private final List<Member> replaced = new ArrayList<>(0);
    private final List<Member> left = new ArrayList<>(0);

    /** This member's owner has lost his name. */
    void replaced(Member member) {
        replaced.add(member);
    }

    /** The client is not in these channels any more, although it has not asked to leave them. */
    void left(List<Member> members) {
        left.addAll(members);
    }

    void send(JsonCodec codec) {
        replaced.forEach(member -> member.owner().replaced(REPLACED));
        left.forEach(member -> member.channel()
                .reply(
                        member,
                        codec.encode(new ServerEnvelope.Left(member.channel().id(), null))));
    }
}
