package chat.weir.connection;

import chat.weir.account.LoginRegistry;
import chat.weir.channel.Member;
import chat.weir.history.Author;
import chat.weir.moderation.ActiveSanction;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.SanctionType;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.CloseCode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the bans and mutes that are in force when a client joins, speaks or takes a name. Never waits.
 *
 * <p>Check for bans after joining: then either the ban finds the member, or the check finds the ban. Checked only
 * before, both would miss each other.
 *
 * <p>Threading: safe.
 */
public final class AccessControl {
    private static final long MILLIS_PER_SECOND = 1_000;

    private final Moderation moderation;
    private final LoginRegistry logins;

    /** @param logins by which it is told how old an account is */
    public AccessControl(Moderation moderation, LoginRegistry logins) {
        this.moderation = moderation;
        this.logins = logins;
    }

    /**
     * Refuses who is shut out of a channel.
     *
     * @param author null: nobody yet; then only the address counts
     * @throws ChatException 403
     */
    void refuseBanned(ChannelId channel, @Nullable Author author, ClientTransport transport) {
        ban(channel, author, transport).ifPresent(ban -> {
            throw refusal(ErrorReason.BANNED, "you are banned from ", ban);
        });
    }

    /**
     * Refuses who, as this author, is shut out of one of the channels that his connection is in.
     *
     * @throws ChatException 403
     */
    void refuseBanned(Connection connection, Author author) {
        connection
                .places()
                .members()
                .forEach(member -> refuseBanned(member.channel().id(), author, connection.transport()));
    }

    /** Whether somebody, as this author, is shut out of one of the channels that his connection is in. */
    boolean isBanned(Connection connection, Author author) {
        return connection.places().members().stream()
                .anyMatch(member -> ban(member.channel().id(), author, connection.transport())
                        .isPresent());
    }

    /**
     * Sends a client out of the channels that it is shut out of as who it is now. Of a ban that came as it became that,
     * one of the two sides sees the other; and an account is let in where its address, once it is nobody's, is not.
     */
    void sendAwayIfBanned(Connection connection) {
        if (moderation.isIdle()) {
            return;
        }
        for (Member member : connection.places().members()) {
            sendAwayIfBanned(connection, member);
        }
    }

    /** Sends a client out of one of its channels if it is shut out there as who it is now. */
    void sendAwayIfBanned(Connection connection, Member member) {
        Author author = connection.identity().authorOrNull();
        if (ban(member.channel().id(), author, connection.transport()).isPresent()) {
            connection.sendAway(member.channel(), CloseCode.BANNED, "you are banned");
        }
    }

    private Optional<ActiveSanction> ban(ChannelId channel, @Nullable Author author, ClientTransport transport) {
        if (moderation.isIdle()) {
            return Optional.empty();
        }
        return author == null
                ? transport.ownAddress().flatMap(known -> moderation.findAt(SanctionType.BAN, Scope.of(channel), known))
                : find(SanctionType.BAN, channel, author, transport.ownAddress());
    }

    /**
     * What holds for somebody. For an account that is younger than a moderation action against a guest of its address
     * that holds too: else he would only have to register.
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

    /** An account's time is in whole seconds: one that was made in the same second counts as younger. */
    private boolean isYounger(long account, ActiveSanction sanction) {
        OptionalLong createdAt = logins.createdAt(account);
        return createdAt.isPresent()
                && createdAt.getAsLong() >= Math.floorDiv(sanction.sanction().givenAtMillis(), MILLIS_PER_SECOND);
    }

    /** @throws ChatException 403, with the time after which he may speak again */
    void refuseMuted(ChannelId channel, Author author, ClientTransport transport) {
        if (moderation.isIdle()) {
            return;
        }
        find(SanctionType.MUTE, channel, author, transport.ownAddress()).ifPresent(mute -> {
            throw refusal(ErrorReason.MUTED, "you are muted in ", mute);
        });
    }

    private static ChatException refusal(ErrorReason reason, String text, ActiveSanction sanction) {
        Duration left = sanction.left();
        return ChatException.forbidden(
                reason, text + where(sanction) + because(sanction), left == null ? 0 : left.toMillis());
    }

    /**
     * Refuses a name that a mute keeps the others from being told of: a name is free text too. The name that somebody was
     * muted under may stay, and be taken again.
     *
     * @throws ChatException 403, with the time after which it may be taken
     */
    void refuseMutedName(ChannelId channel, Author author, ClientTransport transport) {
        if (isNameMuted(channel, author, transport)) {
            refuseMuted(channel, author, transport);
        }
    }

    /** The same in each channel that a connection is in, since it has its name in all of them. */
    void refuseMutedName(Connection connection, Author author) {
        connection
                .places()
                .members()
                .forEach(member -> refuseMutedName(member.channel().id(), author, connection.transport()));
    }

    /**
     * Refuses any change of the name while its holder is muted in one of the channels, since each is told of it.
     *
     * @throws ChatException as above
     */
    void refuseMutedRename(Connection connection, Author now, UserName wanted) {
        if (!now.name().value().equals(wanted.value())) {
            connection
                    .places()
                    .members()
                    .forEach(member -> refuseMuted(member.channel().id(), now, connection.transport()));
        }
    }

    boolean isNameMuted(ChannelId channel, Author author, ClientTransport transport) {
        return !moderation.isIdle()
                && find(SanctionType.MUTE, channel, author, transport.ownAddress())
                        .isPresent()
                && !moderation.isPutOn(SanctionType.MUTE, Scope.of(channel), subject(author));
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
