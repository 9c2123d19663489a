package chat.weir.history;

/**
 * The state of a channel for one reader.
 *
 * @param last the id of the newest message; 0 if there is none
 * @param count the number of unread messages; {@value #MAX_COUNT} stands for that many or more
 */
public record Unread(long last, int count) {
    public static final int MAX_COUNT = 100;
}
