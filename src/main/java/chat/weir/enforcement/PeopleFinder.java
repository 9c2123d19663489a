package chat.weir.enforcement;

import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import chat.weir.protocol.UserName;
import java.util.Optional;

/** Finds people by the name under which they are, or were lately, in channels. Never waits. */
public interface PeopleFinder {
    /**
     * The guest or account that goes by a name there now; if there is none, the one that spoke there under it in the last
     * ten minutes. A guest comes with their address if it is known, and without it if guests of several addresses, of IPv6
     * several /64 networks, are found: nobody has said which of them is meant.
     */
    Optional<Subject> find(Scope where, UserName name);

    /** The guest left of an account that spoke there under a name and has been deleted since, likewise with an address. */
    Subject findAsGuest(Scope where, UserName name);
}
