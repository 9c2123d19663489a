package chat.weir.moderation;

import chat.weir.net.Network;
import chat.weir.protocol.UserName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target of a moderation action. */
public sealed interface Subject {
    UserName name();

    /** By which two are told to be the same; what is known of a guest's address is no part of it. */
    String key();

    /** An account, under whatever address. */
    record OfAccount(long id, UserName name) implements Subject {
        /** No name begins so. */
        private static final String MARK = "@";

        public OfAccount {
            if (id == 0) {
                throw new IllegalArgumentException("no account has the id 0");
            }
        }

        @Override
        public String key() {
            return MARK + id;
        }
    }

    /**
     * A guest.
     *
     * @param address his IP address as text; null if he is away
     */
    record OfGuest(UserName name, @Nullable String address) implements Subject {
        /**
         * A guest who was found at these addresses: at the first if all are of one network, else at none, since nobody
         * has said which of several people is meant.
         */
        public static OfGuest foundAt(UserName name, Collection<String> addresses) {
            List<String> networks =
                    addresses.stream().map(Network::of).distinct().toList();
            return new OfGuest(name, networks.size() == 1 ? addresses.iterator().next() : null);
        }

        @Override
        public String key() {
            return name.key();
        }

        /** Whether an address is his, or of the same IPv6 network. */
        public boolean isAt(String other) {
            return address != null && Network.of(address).equals(Network.of(other));
        }
    }
}
