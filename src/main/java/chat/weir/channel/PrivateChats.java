package chat.weir.channel;

import chat.weir.protocol.ChannelId;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which private chat belongs to which two, and who may enter one. That of two accounts is told by its id for ever and
 * takes no memory; one that a guest is in exists from when it is begun until both have left it.
 *
 * <p>Threading: guarded by this.
 */
public final class PrivateChats {
    private final SecureRandom random = new SecureRandom();

    @GuardedBy("this")
    private final Map<ChannelId, Set<Participant>> passing = new HashMap<>();

    @GuardedBy("this")
    private final Map<Set<Participant>, ChannelId> ids = new HashMap<>();

    /** Finds the chat of two different people, or makes it. */
    public synchronized ChannelId between(Participant one, Participant other) {
        if (!one.isGuest() && !other.isGuest()) {
            return ChannelId.between(one.account(), other.account());
        }
        return ids.computeIfAbsent(Set.of(one, other), both -> {
            ChannelId id = ChannelId.passing(random);
            passing.put(id, both);
            return id;
        });
    }

    /**
     * Whether somebody may enter a private chat; for everybody else it is as if there were none of this id.
     *
     * @param participant null: nobody
     */
    public synchronized boolean admits(ChannelId id, @Nullable Participant participant) {
        if (participant == null) {
            return false;
        }
        return id.isPassing()
                ? passing.getOrDefault(id, Set.of()).contains(participant)
                : !participant.isGuest() && id.isOf(participant.account());
    }

    /** Both have left it. */
    synchronized void end(ChannelId id) {
        Set<Participant> both = passing.remove(id);
        if (both != null) {
            ids.remove(both);
        }
    }
}
