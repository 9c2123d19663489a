package chat.weir.http.api;

import chat.weir.account.Account;
import chat.weir.http.routing.Request;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.Scope;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of bans, mutes and audit entries that a caller may see: all for an admin, their channels for a moderator,
 * and only one of them if the request has a {@code channel}.
 *
 * @param scopes the visible scopes; null: all
 */
record ModeratorView(@Nullable Set<Scope> scopes) {

    /** @throws ChatException 403 if the caller may not see the requested scope; 400 if it is not a valid channel */
    static ModeratorView of(Request request, Moderation moderation) {
        Account account = request.session().account();
        boolean isAdmin = account.role() == Account.Role.ADMIN;
        String requested = request.query().text("channel");
        if (!requested.isEmpty()) {
            Scope scope = Scope.parse(requested);
            if (!isAdmin && !isModerator(moderation, account, scope)) {
                throw forbidden("only a moderator of the channel or an admin can see this");
            }
            return new ModeratorView(Set.of(scope));
        }
        if (isAdmin) {
            return new ModeratorView(null);
        }
        Set<Scope> own =
                moderation.channelsOf(account.id()).stream().map(Scope::of).collect(Collectors.toSet());
        if (own.isEmpty()) {
            throw forbidden("only moderators and admins can see this");
        }
        return new ModeratorView(own);
    }

    private static boolean isModerator(Moderation moderation, Account account, Scope scope) {
        return scope instanceof Scope.InChannel in
                && moderation.roleOf(account.id(), false, in.channel()) == Role.MODERATOR;
    }

    boolean shows(Scope scope) {
        return scopes == null || scopes.contains(scope);
    }

    private static ChatException forbidden(String text) {
        return new ChatException(ErrorReason.NOT_MODERATOR, text);
    }
}
