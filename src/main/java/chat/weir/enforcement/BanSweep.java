package chat.weir.enforcement;

import chat.weir.channel.Channel;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.Member;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disconnects all members that are banned from their channel. Run every few seconds, it makes a ban hold even if its
 * notification was lost or failed.
 *
 * <p>A run visits only channels in which a ban or mute holds, or all of them while one holds everywhere. It copies each
 * member list under that channel's lock and holds no lock while it looks bans up; a look-up takes constant time, so a run
 * costs the number of members visited, whatever the number of bans.
 *
 * <p>Threading: safe; never waits.
 */
public record BanSweep(ChannelRegistry channels, Moderation moderation, AccessControl accessControl)
        implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(BanSweep.class);

    /** Checks every member of every channel concerned; a failure with one member does not skip the others. */
    @Override
    public void run() {
        Set<Scope> scopes = moderation.scopes();
        for (Channel channel : scopes.contains(Scope.EVERYWHERE) ? channels.all() : existing(scopes)) {
            channel.members().forEach(this::check);
        }
    }

    private List<Channel> existing(Set<Scope> scopes) {
        return scopes.stream()
                .filter(Scope.InChannel.class::isInstance)
                .map(scope -> channels.find(((Scope.InChannel) scope).channel()))
                .flatMap(Optional::stream)
                .toList();
    }

    private void check(Member member) {
        try {
            accessControl.disconnectIfBanned(member);
        } catch (RuntimeException e) {
            log.error(
                    "could not check a member of the channel {} for bans",
                    member.channel().id(),
                    e);
        }
    }
}
