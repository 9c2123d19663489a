package chat.weir.moderation;

import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.Scope;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.Optional;

/** Decides which role may take which action against which role. */
public final class ModerationPolicy {
    private ModerationPolicy() {}

    /**
     * Why an action is not allowed; empty if it is.
     *
     * @param by the actor's role in the channel, or {@link Role#ADMIN}
     * @param target the target's role in the channel; a guest is a {@link Role#MEMBER}
     * @param self whether actor and target are the same account
     * @return an error 403
     */
    public static Optional<ChatException> refusal(
            Role by, ModerationAction action, Role target, boolean self, Scope scope) {
        boolean isEverywhere = scope instanceof Scope.Everywhere;
        if (isEverywhere && !action.canBeEverywhere()) {
            return refuse(ErrorReason.FORBIDDEN, "that is possible only in a single channel, not everywhere");
        }
        if (action == ModerationAction.DELETE && (self || by == Role.ADMIN)) {
            return Optional.empty();
        }
        if (self) {
            return refuse(ErrorReason.SELF, "you cannot do that to yourself");
        }
        if (by == Role.MEMBER) {
            return refuse(ErrorReason.NOT_MODERATOR, "only a moderator of the channel or an admin can do that");
        }
        if (isEverywhere && by != Role.ADMIN) {
            return refuse(ErrorReason.NOT_ADMIN, "only an admin can do that everywhere");
        }
        if (action == ModerationAction.ROLE && by != Role.ADMIN) {
            return refuse(ErrorReason.NOT_ADMIN, "only an admin can change roles");
        }
        return by.isAbove(target)
                ? Optional.empty()
                : refuse(ErrorReason.NOT_ABOVE, "that is allowed only against users with a lower role");
    }

    private static Optional<ChatException> refuse(ErrorReason reason, String text) {
        return Optional.of(new ChatException(reason, text));
    }
}
