package chat.weir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The complete history of a channel, read page by page: ids by text. */
public final class WholeHistory {
    private final Map<String, Long> idOfText = new LinkedHashMap<>();
    private long last;

    private WholeHistory() {}

    /** Reads all pages. Fails if an id does not increase or a text occurs twice. */
    public static WholeHistory read(int port, String path) {
        WholeHistory history = new WholeHistory();
        try (TestClient client = TestClient.open(port, path + "?heartbeat=pong")) {
            client.expect("connection");
            JsonNode page;
            do {
                client.send("{'type':'history','limit':100,'after':" + history.last + "}");
                page = client.await("history");
                page.get("messages").forEach(history::add);
            } while (page.has("next"));
        }
        return history;
    }

    private void add(JsonNode message) {
        long id = message.get("id").asLong();
        assertTrue(id > last, "ids rise");
        last = id;
        assertNull(idOfText.put(message.get("text").asString(), id), () -> message + " is there twice");
    }

    public int size() {
        return idOfText.size();
    }

    /** Checks that all acknowledged messages exist with their ids, in the order in which they were sent. */
    public void assertHolds(Collection<MessageSender> talkers) {
        for (MessageSender talker : talkers) {
            talker.acknowledged().forEach((text, id) -> assertEquals(id, idOfText.get(text), text));
        }
        Map<String, Integer> lastNumber = new HashMap<>();
        for (String text : idOfText.keySet()) {
            int space = text.lastIndexOf(' ');
            int number = Integer.parseInt(text.substring(space + 1));
            Integer before = lastNumber.put(text.substring(0, space), number);
            assertTrue(before == null || before < number, () -> text + " stands behind " + before);
        }
    }
}
