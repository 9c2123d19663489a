package chat.weir.history.sql;

import chat.weir.history.ChangeDraft;
import chat.weir.history.EventDraft;
import chat.weir.history.MessageDraft;
import chat.weir.protocol.ChatException;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch whose transaction is not committed yet.
 *
 * @param stored the drafts that the commit stores
 * @param unchanged changes without an effect
 * @param repeated messages that another process has stored
 * @param refused drafts that refer to a message that does not exist, or exceed a limit
 */
record StampedBatch(
        List<StampedDraft> stored, List<ChangeDraft> unchanged, List<Repeated> repeated, List<Refused> refused) {
    /** A batch without drafts. */
    static StampedBatch empty(int capacity) {
        return new StampedBatch(new ArrayList<>(capacity), new ArrayList<>(0), new ArrayList<>(0), new ArrayList<>(0));
    }

    /** A message that is stored already. */
    record Repeated(MessageDraft draft, StoredRefs.Found stored) {}

    /** A draft that is not stored, and why. */
    record Refused(EventDraft draft, ChatException why) {}
}
