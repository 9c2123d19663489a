package chat.weir.channel;

import chat.weir.history.Author;

/**
 * Who sends a message: the name that everyone sees, and the person or program behind it, to whom a {@code ref} belongs.
 *
 * <p>Threading: immutable.
 */
public record Speaker(Author author, Person person) {

    /**
     * A program that speaks by an API key.
     *
     * @param key which key, the same for as long as it is in use
     */
    public static Speaker backend(Author author, long key) {
        return new Speaker(author, new Person(Author.BACKEND, key));
    }
}
