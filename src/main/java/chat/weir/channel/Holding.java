package chat.weir.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A name that a member holds in a channel.
 *
 * @param person who holds it, also when he takes it back later
 * @param secret by which the same client takes the name back on another connection
 * @param sinceMicros when this client, on whatever connection, got the name; Unix time
 * @param confirmed its holder may speak under it
 */
record Holding(Author author, Person person, String secret, long sinceMicros, boolean confirmed) {

    /** The same, whose holder may speak under it, or may not yet. */
    Holding confirmed(boolean now) {
        return now == confirmed ? this : new Holding(author, person, secret, sinceMicros, now);
    }

    /** Compares in a time that tells nothing of how much of the secret was right. */
    boolean hasSecret(@Nullable String typed) {
        return typed != null && MessageDigest.isEqual(secret.getBytes(UTF_8), typed.getBytes(UTF_8));
    }

    boolean isGuest() {
        return person.isGuest();
    }

    /**
     * Whether the holder said this. Of two guests who had the same name one after the other, each is the author only of
     * what was said while he had it.
     */
    boolean wrote(StoredMessage message) {
        if (message.author().account() != author.account()) {
            return false;
        }
        return !isGuest() || (message.author().name().key().equals(author.name().key()) && message.id() >= sinceMicros);
    }
}
