package chat.weir.channel.presence;

import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users who are typing. A user who does not repeat it for {@value #SECONDS} seconds has stopped.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class TypingUsers {
    static final int SECONDS = 5;
    private static final long NANOS = SECONDS * 1_000_000_000L;

    /** Null while nobody is typing, as in most channels at most times. */
    private @Nullable Map<String, Typist> typists;

    private record Typist(UserName name, NameHolder member, long sinceNanos) {}

    /** A user is typing. @return whether they were not before */
    boolean begin(NameHolder member, UserName name, long nowNanos) {
        if (typists == null) {
            typists = new HashMap<>(4);
        }
        return typists.put(name.key(), new Typist(name, member, nowNanos)) == null;
    }

    /** A user has stopped typing. @return whether they were typing */
    boolean end(UserName name) {
        if (typists == null) {
            return false;
        }
        boolean ended = typists.remove(name.key()) != null;
        typists = typists.isEmpty() ? null : typists;
        return ended;
    }

    /** As {@link #end(UserName)}, if the user was typing on this connection. */
    boolean end(UserName name, NameHolder member) {
        Typist typist = typists == null ? null : typists.get(name.key());
        return typist != null && typist.member().equals(member) && end(name);
    }

    /** Ends the typing on a connection that another has replaced. @return the name of the user who was typing */
    Optional<UserName> end(NameHolder member) {
        Optional<UserName> name = typists == null
                ? Optional.empty()
                : typists.values().stream()
                        .filter(typist -> typist.member().equals(member))
                        .map(Typist::name)
                        .findAny();
        name.ifPresent(this::end);
        return name;
    }

    /** Ends the typing of users who have not repeated it. */
    List<UserName> expire(long nowNanos) {
        List<UserName> expired = new ArrayList<>(0);
        if (typists != null) {
            for (Iterator<Typist> all = typists.values().iterator(); all.hasNext(); ) {
                Typist typist = all.next();
                if (nowNanos - typist.sinceNanos() >= NANOS) {
                    all.remove();
                    expired.add(typist.name());
                }
            }
            typists = typists.isEmpty() ? null : typists;
        }
        return expired;
    }

    boolean isEmpty() {
        return typists == null;
    }
}
