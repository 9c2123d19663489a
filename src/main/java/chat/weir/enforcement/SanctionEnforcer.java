package chat.weir.enforcement;

import chat.weir.channel.Channel;
import chat.weir.channel.ChannelClient;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.Member;
import chat.weir.history.Author;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.CloseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out moderation actions, whether from a WebSocket, the HTTP API or another node: notifies the channel, and
 * disconnects kicked or banned users.
 *
 * <p>Never blocks. An action with scope everywhere is announced in the channels that its targets are in.
 *
 * <p>Threading: safe; called on the thread that took the action.
 */
public final class SanctionEnforcer {
    private static final Logger log = LoggerFactory.getLogger(SanctionEnforcer.class);

    private final ChannelRegistry channels;

    public SanctionEnforcer(ChannelRegistry channels) {
        this.channels = channels;
    }

    /** Carries out an action that is in force now. */
    public void enforce(AuditEntry entry) {
        if (entry.action() == ModerationAction.DELETE) {
            // The handler of the deletion notifies the channel.
            return;
        }
        if (entry.scope() instanceof Scope.InChannel in) {
            channels.find(in.channel()).ifPresent(channel -> enforce(entry, channel, targets(entry, channel)));
            return;
        }
        for (Channel channel : channels.all()) {
            List<Member> targets = targets(entry, channel);
            if (!targets.isEmpty()) {
                enforce(entry, channel, targets);
            }
        }
    }

    private static void enforce(AuditEntry entry, Channel channel, List<Member> targets) {
        ServerEnvelope notice = notice(entry);
        guarded(entry, channel, () -> channel.broadcastBut(targets, notice));
        for (Member member : targets) {
            guarded(entry, channel, () -> enforce(entry, member, notice));
        }
    }

    private static void enforce(AuditEntry entry, Member member, ServerEnvelope notice) {
        // Reply directly, because the target may be disconnected before the broadcast is delivered.
        member.channel().reply(member, notice);
        if (entry.action() == ModerationAction.KICK) {
            member.disconnect(CloseCode.KICKED, "you were kicked");
        } else if (entry.action() == ModerationAction.BAN) {
            member.disconnect(CloseCode.BANNED, "you are banned");
        }
    }

    /** Continues after a failure with one member. {@link BanSweep} repeats a ban that was not carried out. */
    private static void guarded(AuditEntry entry, Channel channel, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("a {} was not carried out in full in the channel {}", entry.action(), channel.id(), e);
        }
    }

    private static List<Member> targets(AuditEntry entry, Channel channel) {
        List<Member> targets = new ArrayList<>();
        for (Member member : channel.members()) {
            guarded(entry, channel, () -> {
                if (isTarget(entry, member.client())) {
                    targets.add(member);
                }
            });
        }
        return targets;
    }

    /** A guest's ban applies to guests with the name or at the address, but not to users who are logged in. */
    private static boolean isTarget(AuditEntry entry, ChannelClient client) {
        Author author = client.author();
        if (entry.target() instanceof Subject.OfAccount account) {
            return author != null && author.account() == account.id();
        }
        if (author != null && author.account() != Author.GUEST) {
            return false;
        }
        return (author != null
                        && author.name().key().equals(entry.target().name().key()))
                || (entry.action() == ModerationAction.BAN
                        && entry.target() instanceof Subject.OfGuest guest
                        && client.address().filter(guest::isAt).isPresent());
    }

    private static ServerEnvelope notice(AuditEntry entry) {
        Duration duration = entry.duration();
        UserName by = UserName.parse(entry.by()).orElseGet(() -> new UserName(entry.by(), entry.by()));
        return new ServerEnvelope.ModerationNotice(
                entry.action().name().toLowerCase(Locale.ROOT),
                entry.target().name(),
                by,
                entry.reason().text(),
                duration == null ? null : duration.toSeconds(),
                entry.action() == ModerationAction.ROLE ? entry.detail() : null,
                entry.scope() instanceof Scope.Everywhere);
    }
}
