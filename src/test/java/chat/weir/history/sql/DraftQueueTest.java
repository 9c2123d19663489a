package chat.weir.history.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.history.DraftOutcomes;
import chat.weir.history.EventDraft;
import chat.weir.history.MessageChange;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DraftQueueTest {
    private static final ChannelId FISHING = new ChannelId("fishing");

    private final DraftOutcomes said = new DraftOutcomes();
    private final DraftQueue queue = new DraftQueue(new LogLimits(2, 10_000, 1), () -> 0);

    private EventDraft message(String text) {
        return said.draft(FISHING, text);
    }

    private EventDraft edit(String text) {
        return said.change(FISHING, DraftOutcomes.BOB, new MessageChange.Edit(7, text));
    }

    private String refusal(EventDraft draft) {
        return assertThrows(ChatException.class, () -> queue.add(draft)).text();
    }

    @Test
    void refusesMoreDraftsThanItMayHold() {
        queue.add(message("one"));
        queue.add(edit("two"));
        String text = "too many messages and changes are waiting to be stored; the %s was not delivered: try again";
        assertEquals(text.formatted("message"), refusal(message("three")));
        assertEquals(text.formatted("edit"), refusal(edit("three")));
        assertEquals(2, queue.takeAll().size());
        queue.add(message("four"));
    }

    @Test
    void refusesMoreBytesThanItMayHold() {
        queue.add(edit("x".repeat(4_000)));
        assertEquals(true, refusal(edit("x".repeat(4_000))).contains("too many"));
        queue.add(message("small"));
    }

    @Test
    void refusesDraftsOnceItIsClosed() {
        queue.add(message("one"));
        queue.close();
        String text = "the server is shutting down and did not deliver the %s: try again";
        assertEquals(text.formatted("message"), refusal(message("two")));
        assertEquals(text.formatted("edit"), refusal(edit("two")));
        assertEquals(
                List.of("one"),
                queue.takeAll().stream().map(waiting -> waiting.draft().text()).toList());
    }
}
