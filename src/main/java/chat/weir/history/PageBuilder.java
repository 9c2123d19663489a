package chat.weir.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Builds a page from a query for one message more than the limit, which tells whether there are more. */
public final class PageBuilder {
    private PageBuilder() {}

    public static Page oldestFirst(List<StoredMessage> found, int limit) {
        boolean hasMore = found.size() > limit;
        return new Page(hasMore ? found.subList(0, limit) : found, hasMore);
    }

    public static Page newestFirst(List<StoredMessage> found, int limit) {
        boolean hasMore = found.size() > limit;
        List<StoredMessage> messages = new ArrayList<>(hasMore ? found.subList(0, limit) : found);
        Collections.reverse(messages);
        return new Page(messages, hasMore);
    }
}
