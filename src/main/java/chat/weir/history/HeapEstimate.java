package chat.weir.history;

/** Estimates the heap that a message takes, from above: two bytes a character, and the objects around them. */
public final class HeapEstimate {
    private static final int BYTES_A_CHARACTER = 2;
    /** The message, its author and name, three strings and their arrays, and a place in a queue. */
    private static final int OBJECTS = 250;

    private HeapEstimate() {}

    public static long bytes(Author author, String text) {
        int characters = text.length()
                + author.name().value().length()
                + author.name().key().length();
        return OBJECTS + (long) BYTES_A_CHARACTER * characters;
    }
}
