package chat.weir.history.sql;

import chat.weir.history.ChangeDraft;
import chat.weir.history.EventDraft;
import chat.weir.protocol.ChatException;
import java.util.List;

/**
 * A batch whose transaction is not committed yet.
 *
 * @param stored the drafts that the commit stores
 * @param unchanged changes without an effect
 * @param refused drafts that refer to a message that does not exist, or exceed a limit
 */
record StampedBatch(List<StampedDraft> stored, List<ChangeDraft> unchanged, List<Refused> refused) {
    /** A draft that is not stored, and why. */
    record Refused(EventDraft draft, ChatException why) {}
}
