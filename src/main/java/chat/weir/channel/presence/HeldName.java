package chat.weir.channel.presence;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.weir.history.StoredMessage;
import chat.weir.protocol.UserName;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A name that a member holds in a channel.
 *
 * @param identity the holder, also when they take it back later, with the name
 * @param secrets by which the same client takes the name back on another connection
 * @param sinceMicros when this client, on whatever connection, got the name; Unix time
 * @param confirmed whether its holder may send messages under it
 */
record HeldName(UserIdentity identity, Secrets secrets, long sinceMicros, boolean confirmed) {

    /**
     * The secret that the client was last given, and the one that it used for that. The used one stays valid until the
     * client shows that it knows the new one: the answer may be lost with the connection, and the name with it.
     *
     * @param used null: the name was not taken back
     */
    record Secrets(String latest, @Nullable String used) {
        static Secrets first(Participant holder) {
            return new Secrets(ResumeSecret.random(holder.refOwner()), null);
        }

        /** After a client has taken the name again, with one of these secrets or, where it needed none, without. */
        Secrets next(Participant holder, @Nullable String shown) {
            boolean showsUsed = used != null && isEqual(used, shown);
            return new Secrets(ResumeSecret.random(holder.refOwner()), showsUsed ? used : latest);
        }

        /** Compares in constant time. */
        boolean contain(@Nullable String typed) {
            return isEqual(latest, typed) || (used != null && isEqual(used, typed));
        }

        private static boolean isEqual(String secret, @Nullable String typed) {
            return typed != null && MessageDigest.isEqual(secret.getBytes(UTF_8), typed.getBytes(UTF_8));
        }
    }

    UserName name() {
        return identity.name();
    }

    /** The name in normal form. */
    String key() {
        return name().key();
    }

    /** Returns the same name, confirmed or not. */
    HeldName confirmed(boolean now) {
        return now == confirmed ? this : new HeldName(identity, secrets, sinceMicros, now);
    }

    boolean hasSecret(@Nullable String typed) {
        return secrets.contain(typed);
    }

    /** Whether a guest who claims the name is its holder: by a secret, or since the server knows them. */
    boolean isBy(Participant claimant, @Nullable String resume) {
        return isGuest() && (hasSecret(resume) || identity.participant().equals(claimant));
    }

    boolean isGuest() {
        return identity.isGuest();
    }

    /**
     * Whether the holder is the author of a message. Of two guests who held the same name one after the other, each is the
     * author only of what was published while they held it.
     */
    boolean wrote(StoredMessage message) {
        if (message.author().account() != identity.author().account()) {
            return false;
        }
        return !isGuest() || (message.author().name().key().equals(key()) && message.id() >= sinceMicros);
    }
}
