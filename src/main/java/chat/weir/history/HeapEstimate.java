package chat.weir.history;

/** An upper estimate of the heap that a message occupies: two bytes per character, and the objects around them. */
public final class HeapEstimate {
    private static final int BYTES_PER_CHARACTER = 2;
    /** The message, its author and name, three strings with their arrays, and a queue entry. */
    private static final int OBJECTS = 250;

    private HeapEstimate() {}

    public static long bytes(Author author, String text) {
        int characters = text.length()
                + author.name().value().length()
                + author.name().key().length();
        return OBJECTS + (long) BYTES_PER_CHARACTER * characters;
    }
}
