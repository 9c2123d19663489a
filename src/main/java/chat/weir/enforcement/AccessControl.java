package chat.weir.enforcement;

import chat.weir.account.LoginRegistry;
import chat.weir.channel.ChannelClient;
import chat.weir.channel.Member;
import chat.weir.history.Author;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.ActiveSanction;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.CloseCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Checks the bans and mutes in force when a client joins, sends a message or takes a name. Never blocks.
 *
 * <p>Check for bans after joining; otherwise a concurrent ban and join can miss each other.
 *
 * <p>Threading: safe.
 */
public final class AccessControl {
    private static final long MILLIS_PER_SECOND = 1_000;

    private final Moderation moderation;
    private final LoginRegistry<?> logins;

    /** @param logins knows when an account was created */
    public AccessControl(Moderation moderation, LoginRegistry<?> logins) {
        this.moderation = moderation;
        this.logins = logins;
    }

    /**
     * Checks that a client is not banned from a channel.
     *
     * @param author null: no name yet, so only the address is checked
     * @param address empty if it is unknown
     * @throws ChatException 403 if it is banned
     */
    public void requireNotBanned(ChannelId channel, @Nullable Author author, Optional<String> address) {
        ban(channel, author, address).ifPresent(ban -> {
            throw refusal(ErrorReason.BANNED, "you are banned from ", ban);
        });
    }

    /**
     * Checks that a client with this name is not banned from any of its channels.
     *
     * @throws ChatException 403 if it is banned
     */
    public void requireNotBanned(List<Member> memberships, Author author) {
        memberships.forEach(member ->
                requireNotBanned(member.channel().id(), author, member.client().address()));
    }

    /** Whether a client with this name is banned from one of its channels. */
    public boolean isBanned(List<Member> memberships, Author author) {
        return memberships.stream()
                .anyMatch(member -> ban(
                                member.channel().id(), author, member.client().address())
                        .isPresent());
    }

    /** Disconnects the members that are banned from their channel. */
    public void disconnectIfBanned(List<Member> members) {
        if (!moderation.hasNoSanctions()) {
            members.forEach(this::disconnectIfBanned);
        }
    }

    /** Disconnects a member that is banned from its channel. */
    public void disconnectIfBanned(Member member) {
        if (isBanned(member)) {
            member.disconnect(CloseCode.BANNED, "you are banned");
        }
    }

    /** Whether a member is banned from its channel under its present name. */
    public boolean isBanned(Member member) {
        ChannelClient client = member.client();
        return ban(member.channel().id(), client.author(), client.address()).isPresent();
    }

    private Optional<ActiveSanction> ban(ChannelId channel, @Nullable Author author, Optional<String> address) {
        if (moderation.hasNoSanctions()) {
            return Optional.empty();
        }
        return author == null
                ? address.flatMap(known -> moderation.findAt(SanctionType.BAN, Scope.of(channel), known))
                : find(SanctionType.BAN, channel, author, address);
    }

    /**
     * The sanction in force on an author. A sanction on a guest's address also applies to accounts at that address
     * that were created after it; otherwise a guest could evade it by registering.
     */
    private Optional<ActiveSanction> find(
            SanctionType type, ChannelId channel, Author author, Optional<String> address) {
        Scope scope = Scope.of(channel);
        if (author.account() == Author.GUEST) {
            return moderation.find(type, scope, new Subject.OfGuest(author.name(), address.orElse(null)));
        }
        return moderation
                .find(type, scope, new Subject.OfAccount(author.account(), author.name()))
                .or(() -> address.flatMap(known -> moderation.findAt(type, scope, known))
                        .filter(sanction -> isYounger(author.account(), sanction)));
    }

    /** Creation times are in whole seconds; an account that was created in the same second counts as younger. */
    private boolean isYounger(long account, ActiveSanction sanction) {
        OptionalLong createdAt = logins.createdAt(account);
        return createdAt.isPresent()
                && createdAt.getAsLong() >= Math.floorDiv(sanction.sanction().givenAtMillis(), MILLIS_PER_SECOND);
    }

    /**
     * Checks that an author is not muted in a channel.
     *
     * @throws ChatException 403 if they are, with the time after which they may send again
     */
    public void requireMaySpeak(Member member, Author author) {
        if (!moderation.hasNoSanctions()) {
            requireMaySpeak(member.channel().id(), author, member.client().address());
        }
    }

    /** As the other, for an author who need not be in the channel. */
    public void requireMaySpeak(ChannelId channel, Author author, Optional<String> address) {
        find(SanctionType.MUTE, channel, author, address).ifPresent(mute -> {
            throw refusal(ErrorReason.MUTED, "you are muted in ", mute);
        });
    }

    private static ChatException refusal(ErrorReason reason, String text, ActiveSanction sanction) {
        Duration left = sanction.left();
        return ChatException.forbidden(
                reason, text + where(sanction) + because(sanction), left == null ? 0 : left.toMillis());
    }

    /**
     * Checks that a mute does not forbid announcing a name, which is free text. The name on which the mute was set may
     * be kept and taken again.
     *
     * @throws ChatException 403 if the mute forbids it, with the time after which the name may be taken
     */
    public void requireMayAnnounce(ChannelId channel, Author author, Optional<String> address) {
        if (isNameMuted(channel, author, address)) {
            requireMaySpeak(channel, author, address);
        }
    }

    /** As above, for all channels of a client. */
    public void requireMayAnnounce(List<Member> memberships, Author author) {
        memberships.forEach(member -> requireMayAnnounce(
                member.channel().id(), author, member.client().address()));
    }

    /**
     * Checks that a client may change its name. It may not while it is muted in any of its channels, because all of
     * them are notified.
     *
     * @throws ChatException 403 if it is muted
     */
    public void requireMayRename(List<Member> memberships, Author now, UserName wanted) {
        if (!now.name().value().equals(wanted.value())) {
            memberships.forEach(member -> requireMaySpeak(member, now));
        }
    }

    /** Whether a mute forbids announcing this name in the member's channel. */
    public boolean isNameMuted(Member member, Author author) {
        return isNameMuted(member.channel().id(), author, member.client().address());
    }

    private boolean isNameMuted(ChannelId channel, Author author, Optional<String> address) {
        return !moderation.hasNoSanctions()
                && find(SanctionType.MUTE, channel, author, address).isPresent()
                && !moderation.isSetOn(SanctionType.MUTE, Scope.of(channel), subject(author));
    }

    private static Subject subject(Author author) {
        return author.account() == Author.GUEST
                ? new Subject.OfGuest(author.name(), null)
                : new Subject.OfAccount(author.account(), author.name());
    }

    private static String where(ActiveSanction sanction) {
        return sanction.sanction().scope() instanceof Scope.InChannel in
                ? "the channel " + in.channel()
                : "this server";
    }

    private static String because(ActiveSanction sanction) {
        String reason = sanction.sanction().reason().text();
        return reason.isEmpty() ? "" : ": " + reason;
    }
}
