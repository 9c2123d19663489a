package chat.weir.channel.presence;

import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import java.util.Collection;
import java.util.List;

/**
 * Sends the members of a channel what its {@link Roster} has to tell them. All methods but {@link #flush} are called under
 * the channel's lock, and deliver nothing yet.
 */
public interface MemberNotifier<M> {
    void toAll(ServerEnvelope envelope);

    void toAllBut(Collection<M> some, ServerEnvelope envelope);

    void to(M member, ServerEnvelope envelope);

    /** The members that block a user of this name. */
    List<M> membersBlocking(UserName name);

    /** Delivers what waits; called without the channel's lock. */
    void flush();
}
