package chat.weir.connection;

import chat.weir.channel.Channel;
import chat.weir.channel.Channels;
import chat.weir.channel.Member;
import chat.weir.history.Author;
import chat.weir.moderation.AuditLine;
import chat.weir.moderation.Measure;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import chat.weir.protocol.CloseCode;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the measures that have been taken, whoever took them and however: tells the channel, and sends those away
 * who have been kicked or banned.
 *
 * <p>Never waits. A measure that holds everywhere is told in the channels that somebody is in whom it concerns.
 *
 * <p>Threading: safe; called on the thread that took the measure.
 */
public final class Enforcement {
    private static final Logger log = LoggerFactory.getLogger(Enforcement.class);

    private final Channels channels;

    public Enforcement(Channels channels) {
        this.channels = channels;
    }

    /** A measure is in force from now on. */
    public void carryOut(AuditLine line) {
        if (line.measure() == Measure.DELETE) {
            // Whoever deletes a message tells the channel so himself.
            return;
        }
        if (line.scope() instanceof Scope.InChannel in) {
            channels.find(in.channel()).ifPresent(channel -> carryOut(line, channel, concerned(line, channel)));
            return;
        }
        for (Channel channel : channels.all()) {
            List<Member> concerned = concerned(line, channel);
            if (!concerned.isEmpty()) {
                carryOut(line, channel, concerned);
            }
        }
    }

    private static void carryOut(AuditLine line, Channel channel, List<Member> concerned) {
        ServerEnvelope notice = notice(line);
        guarded(line, channel, () -> channel.broadcastBut(concerned, notice));
        for (Member member : concerned) {
            guarded(line, channel, () -> carryOut(line, member, notice));
        }
    }

    private static void carryOut(AuditLine line, Member member, ServerEnvelope notice) {
        // By itself, since he may be gone before the others hear it.
        member.channel().reply(member, notice);
        if (line.measure() == Measure.KICK) {
            sendAway(member, CloseCode.KICKED, "you were kicked");
        } else if (line.measure() == Measure.BAN) {
            sendAway(member, CloseCode.BANNED, "you are banned");
        }
    }

    /** A failure with one member does not skip the rest. A ban that was not carried out is repeated by {@link BanSweep}. */
    private static void guarded(AuditLine line, Channel channel, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("a {} was not carried out in full in the channel {}", line.measure(), channel.id(), e);
        }
    }

    private static void sendAway(Member member, CloseCode code, String why) {
        if (member.owner() instanceof Connection connection) {
            connection.sendAway(member.channel(), code, why);
        }
    }

    private static List<Member> concerned(AuditLine line, Channel channel) {
        List<Member> concerned = new ArrayList<>();
        for (Member member : channel.members()) {
            guarded(line, channel, () -> {
                if (member.owner() instanceof Connection connection && isConcerned(line, connection)) {
                    concerned.add(member);
                }
            });
        }
        return concerned;
    }

    /** A ban of a guest concerns whoever goes by his name or comes from his address, save those who are logged in. */
    private static boolean isConcerned(AuditLine line, Connection connection) {
        Author author = connection.standing().authorOrNull();
        if (line.whom() instanceof Subject.OfAccount account) {
            return author != null && author.account() == account.id();
        }
        if (author != null && author.account() != Author.GUEST) {
            return false;
        }
        return (author != null && author.name().key().equals(line.whom().name().key()))
                || (line.measure() == Measure.BAN
                        && line.whom() instanceof Subject.OfGuest guest
                        && connection.wire().ownAddress().filter(guest::isAt).isPresent());
    }

    private static ServerEnvelope notice(AuditLine line) {
        Duration duration = line.duration();
        UserName by = UserName.parse(line.by()).orElseGet(() -> new UserName(line.by(), line.by()));
        return new ServerEnvelope.Measure(
                line.measure().name().toLowerCase(Locale.ROOT),
                line.whom().name(),
                by,
                line.reason().text(),
                duration == null ? null : duration.toSeconds(),
                line.measure() == Measure.ROLE ? line.detail() : null,
                line.scope() instanceof Scope.Everywhere);
    }
}
