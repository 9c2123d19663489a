package chat.weir.moderation;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.Optional;

/** Decides which role may take which action against which role. */
public final class ModerationPolicy {
    private ModerationPolicy() {}

    /**
     * Why somebody may not do something; nothing if he may.
     *
     * @param by his role in the channel, or {@link Role#ADMIN}
     * @param target the role there of the one it concerns; a guest is a {@link Role#MEMBER}
     * @param self whether both are the same account
     * @return an error reply 403
     */
    public static Optional<ChatException> refusal(
            Role by, ModerationAction action, Role target, boolean self, Scope scope) {
        boolean isEverywhere = scope instanceof Scope.Everywhere;
        if (isEverywhere && !action.canBeEverywhere()) {
            return because(ErrorReason.FORBIDDEN, "that can be done in one channel only, not everywhere");
        }
        if (action == ModerationAction.DELETE && (self || by == Role.ADMIN)) {
            return Optional.empty();
        }
        if (self) {
            return because(ErrorReason.SELF, "nobody can do that to himself");
        }
        if (by == Role.MEMBER) {
            return because(ErrorReason.NOT_MODERATOR, "only a moderator of the channel or an admin can do that");
        }
        if (isEverywhere && by != Role.ADMIN) {
            return because(ErrorReason.NOT_ADMIN, "only an admin can do that everywhere");
        }
        if (action == ModerationAction.ROLE && by != Role.ADMIN) {
            return because(ErrorReason.NOT_ADMIN, "only an admin can give a role");
        }
        return by.isAbove(target)
                ? Optional.empty()
                : because(ErrorReason.NOT_ABOVE, "that can be done only to somebody of a lower role");
    }

    private static Optional<ChatException> because(ErrorReason reason, String text) {
        return Optional.of(new ChatException(reason, text));
    }
}
