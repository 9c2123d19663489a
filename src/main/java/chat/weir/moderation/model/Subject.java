package chat.weir.moderation.model;

import chat.weir.net.Network;
import chat.weir.protocol.UserName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target of a moderation action. */
public sealed interface Subject {
    UserName name();

    /** Identifies the subject. A guest's address is not part of it. */
    String key();

    /** An account, at any address. */
    record OfAccount(long id, UserName name) implements Subject {
        /** No name can begin with this character. */
        private static final String PREFIX = "@";

        public OfAccount {
            if (id == 0) {
                throw new IllegalArgumentException("0 is not an account id");
            }
        }

        @Override
        public String key() {
            return PREFIX + id;
        }
    }

    /**
     * A guest.
     *
     * @param address the IP address as text; null if it is unknown
     */
    record OfGuest(UserName name, @Nullable String address) implements Subject {
        /**
         * A guest that was found at these addresses. If they belong to different networks, they may be different
         * people, and the guest gets no address.
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

        /** Whether the address equals this one, or is in the same IPv6 network. */
        public boolean isAt(String other) {
            return address != null && Network.of(address).equals(Network.of(other));
        }
    }
}
