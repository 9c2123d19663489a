package chat.weir.http.api;

import chat.weir.account.Account;
import chat.weir.http.routing.Request;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.Role;
import chat.weir.moderation.Scope;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sees of the moderation actions: an admin sees all, a moderator those of their channels, both less if
 * they ask for one {@code channel}.
 *
 * @param scopes where they were taken; null: anywhere
 */
record ModeratorView(@Nullable Set<Scope> scopes) {

    /** @throws ChatException 403 if he is neither, or asks for what is not his to see; 400 if it is no channel */
    static ModeratorView of(Request request, Moderation moderation) {
        Account account = request.session().account();
        boolean isAdmin = account.role() == Account.Role.ADMIN;
        String asked = request.query().text("channel");
        if (!asked.isEmpty()) {
            Scope scope = Scope.parse(asked);
            if (!isAdmin && !isModerator(moderation, account, scope)) {
                throw forbidden("only a moderator of the channel or an admin sees what was done there");
            }
            return new ModeratorView(Set.of(scope));
        }
        if (isAdmin) {
            return new ModeratorView(null);
        }
        Set<Scope> own =
                moderation.channelsOf(account.id()).stream().map(Scope::of).collect(Collectors.toSet());
        if (own.isEmpty()) {
            throw forbidden("only moderators and admins see what was done to whom");
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
