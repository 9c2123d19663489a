package chat.weir.history;

/**
 * Identifies a message that is sent again: the same sender, {@code ref} and text.
 *
 * @param account the sender's account, {@link Author#GUEST} or {@link Author#BACKEND}
 * @param hash of the text, and of what tells guests and backends apart
 */
public record MessageRef(long account, String ref, long hash) {
    /**
     * The ref of a message.
     *
     * @param refOwner distinguishes a guest from other guests, or a backend from other backends; 0 for an account
     */
    public static MessageRef of(Author author, long refOwner, String ref, String text) {
        // A backend publishes for many users, and each of its names has its own refs.
        int name = author.account() == Author.BACKEND ? author.name().key().hashCode() : 0;
        long textHash = ((long) text.length() << 32) | (text.hashCode() & 0xFFFF_FFFFL);
        return new MessageRef(author.account(), ref, mix(mix(mix(refOwner) + name) + textHash));
    }

    /** The finalizer of MurmurHash3: each bit of the argument changes half of the bits of the result. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return z ^ (z >>> 33);
    }
}
