package chat.weir.channel;

import chat.weir.history.Author;

/**
 * The sender of a message: the name that everyone sees, and the participant behind it, to whom a {@code ref} belongs.
 *
 * <p>Threading: immutable.
 */
public record MessageSender(Author author, Participant participant) {

    /**
     * A program that publishes by an API key.
     *
     * @param key which key, the same for as long as it is in use
     */
    public static MessageSender backend(Author author, long key) {
        return new MessageSender(author, new Participant(Author.BACKEND, key));
    }
}
