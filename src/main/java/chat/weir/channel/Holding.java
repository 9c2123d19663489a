package chat.weir.channel;

import chat.weir.history.Author;
import chat.weir.history.StoredMessage;

/**
 * A name that a member holds in a channel.
 *
 * @param person who holds it, also when he takes it back later
 * @param secret by which the same client takes the name back on another connection
 * @param sinceMicros when this client, on whatever connection, got the name; Unix time
 * @param confirmed its holder may speak under it
 */
record Holding(Author author, Person person, String secret, long sinceMicros, boolean confirmed) {

    Holding asConfirmed() {
        return new Holding(author, person, secret, sinceMicros, true);
    }

    Holding of(Person whoeverItIs) {
        return new Holding(author, whoeverItIs, secret, sinceMicros, confirmed);
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
