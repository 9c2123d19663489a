package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.channel.presence.NameOwner;
import chat.weir.protocol.ServerEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices about a change of a connection's identity, sent after its locks have been released.
 *
 * <p>Threading: confined to the thread that makes the change.
 */
final class DeferredNotices {
    private static final String REPLACED = "another connection has taken your name by right";

    private final List<NameOwner> replaced = new ArrayList<>(0);
    private final List<Member> left = new ArrayList<>(0);

    /** A client has lost its name to the change; null: none has. */
    void replaced(@Nullable NameOwner client) {
        if (client != null) {
            replaced.add(client);
        }
    }

    /** The client has left these channels without having asked for it. */
    void left(List<Member> members) {
        left.addAll(members);
    }

    void send() {
        replaced.forEach(client -> client.replaced(REPLACED));
        left.forEach(member -> member.channel()
                .send(member, new ServerEnvelope.Left(member.channel().id(), null)));
    }
}
