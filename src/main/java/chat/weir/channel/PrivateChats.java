package chat.weir.channel;

import chat.weir.channel.presence.Participant;
import chat.weir.protocol.ChannelId;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The private chats and their two participants. The chat of two accounts follows from its id and takes no memory; one
 * with a guest exists from its first invitation until both have left it.
 *
 * <p>Threading: guarded by this.
 */
public final class PrivateChats {
    private final SecureRandom random = new SecureRandom();

    @GuardedBy("this")
    private final Map<ChannelId, Set<Participant>> passing = new HashMap<>();

    @GuardedBy("this")
    private final Map<Set<Participant>, ChannelId> ids = new HashMap<>();

    /** Finds or creates the chat of two different participants. */
    public synchronized ChannelId between(Participant one, Participant other) {
        if (!one.isGuest() && !other.isGuest()) {
            return ChannelId.between(one.account(), other.account());
        }
        return ids.computeIfAbsent(Set.of(one, other), both -> {
            ChannelId id = ChannelId.ephemeral(random);
            passing.put(id, both);
            return id;
        });
    }

    /** Whether a participant may enter a private chat; to others it does not exist. */
    public synchronized boolean admits(ChannelId id, Participant participant) {
        return id.isEphemeral()
                ? passing.getOrDefault(id, Set.of()).contains(participant)
                : !participant.isGuest() && id.isChatOf(participant.account());
    }

    /** Forgets a chat that both have left. */
    synchronized void end(ChannelId id) {
        Set<Participant> both = passing.remove(id);
        if (both != null) {
            ids.remove(both);
        }
    }
}
