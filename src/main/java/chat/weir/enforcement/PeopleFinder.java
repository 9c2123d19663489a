package chat.weir.enforcement;

import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.UserName;
import java.util.Optional;

/** Finds users by name, among those who are in channels or were recently. Never blocks. */
public interface PeopleFinder {
    /**
     * The guest or account that has the name in this scope; otherwise the one that sent messages with it in the last
     * ten minutes. A guest has an address if it is known and unambiguous: none if guests with this name have several
     * addresses or IPv6 /64 networks, because it is not known which of them is meant.
     */
    Optional<Subject> find(Scope where, UserName name);

    /** The guest with this name, instead of an account that sent messages with it and was deleted since. */
    Subject findAsGuest(Scope where, UserName name);
}
