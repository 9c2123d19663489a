package chat.weir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A channel's history, read page by page as a client does, with each text's id. */
public final class WholeHistory {
    private final Map<String, Long> idOfText = new LinkedHashMap<>();
    private long last;

    private WholeHistory() {}

    /** Reads from the beginning to the end; fails where an id does not rise or a text is there twice. */
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

    /** What was acknowledged to anyone is here under the id of its acknowledgement, in the order of being said. */
    public void assertHolds(Collection<Talker> talkers) {
        for (Talker talker : talkers) {
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
