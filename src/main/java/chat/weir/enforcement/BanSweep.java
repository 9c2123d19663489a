package chat.weir.enforcement;

import chat.weir.channel.Channel;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.Member;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disconnects members that are banned from their channel and have not been disconnected by {@link SanctionEnforcer}. Run
 * every few seconds, it makes a ban hold even if its notification was lost or failed.
 *
 * <p>A member is disconnected by the second run that finds it: in the first one the ban may just have been put, and the
 * enforcer is about to send the member the notice before it closes the connection.
 *
 * <p>A run visits only channels in which a ban or mute holds, or all of them while one holds everywhere. It copies each
 * member list under that channel's lock and holds no lock while it looks bans up; a look-up takes constant time, so a run
 * costs the number of members visited, whatever the number of bans.
 *
 * <p>Threading: runs one at a time; never waits.
 */
public final class BanSweep implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(BanSweep.class);

    private final ChannelRegistry channels;
    private final Moderation moderation;
    private final AccessControl accessControl;

    /** The banned members that the last run found. */
    private Set<Member> found = new HashSet<>();

    public BanSweep(ChannelRegistry channels, Moderation moderation, AccessControl accessControl) {
        this.channels = channels;
        this.moderation = moderation;
        this.accessControl = accessControl;
    }

    /** Checks every member of every channel concerned; a failure with one member does not skip the others. */
    @Override
    public synchronized void run() {
        Set<Member> foundBefore = found;
        found = new HashSet<>();
        Set<Scope> scopes = moderation.scopes();
        for (Channel channel : scopes.contains(Scope.EVERYWHERE) ? channels.all() : existing(scopes)) {
            channel.members().forEach(member -> check(member, foundBefore));
        }
    }

    private List<Channel> existing(Set<Scope> scopes) {
        return scopes.stream()
                .filter(Scope.InChannel.class::isInstance)
                .map(scope -> channels.find(((Scope.InChannel) scope).channel()))
                .flatMap(Optional::stream)
                .toList();
    }

    private void check(Member member, Set<Member> foundBefore) {
        try {
            if (!accessControl.isBanned(member)) {
                return;
            }
            found.add(member);
            if (foundBefore.contains(member)) {
                accessControl.disconnectIfBanned(member);
            }
        } catch (RuntimeException e) {
            log.error(
                    "could not check a member of the channel {} for bans",
                    member.channel().id(),
                    e);
        }
    }
}
