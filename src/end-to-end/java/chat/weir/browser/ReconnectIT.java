package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import chat.weir.testing.TestClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconnectIT {
    /** While the server is down, Chromium logs that it cannot connect. */
    private static final String REFUSED = ".*WebSocket connection to 'ws://127\\.0\\.0\\.1:.*ERR_CONNECTION_REFUSED.*";

    @TempDir
    private Path directory;

    @Test
    void restoresEverythingAfterTheServerWasKilled() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            alice.expects(REFUSED);
            bob.expects(REFUSED);
            alice.say("before");
            bob.awaitMessages("before");
            bob.go("#boats");
            bob.sees("#title", is("boats"));
            bob.say("ahoy");
            bob.awaitMessages("ahoy");
            chat.kill();
            alice.sees("#status", containsString("Connection lost"));
            alice.sees("#countdown", containsString("Trying again"));
            alice.say("while it was away");
            alice.sees(".unsent .state", is("Will be sent when connected"));
            alice.sees("#subtitle", is(""));
            chat.startAgain();
            // Sent before or after the pages have reconnected: in both cases they show it once.
            chat.say("fishing", "weather", "storm");
            chat.say("boats", "weather", "calm");
            alice.awaits(() -> alice.messages().containsAll(List.of("before", "storm", "while it was away")), is(true));
            alice.awaits(() -> alice.messages().size(), is(3));
            bob.awaitMessages("ahoy", "calm");
            bob.go("#fishing");
            bob.awaits(() -> bob.messages(), is(alice.messages()));
            alice.sees("#users .who", is("alice|bob"));
            bob.say("after");
            alice.awaits(() -> alice.messages().indexOf("after"), is(3));
            bob.awaits(() -> bob.messages().indexOf("after"), is(3));
        }
    }

    @Test
    void reconnectsAtOnceOnDemand() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.expects(REFUSED);
            alice.sees("#users .who", is("alice"));
            chat.kill();
            alice.sees("#status-text", is("Connection lost."));
            chat.startAgain();
            alice.script(Object.class, "document.getElementById('try-now').click()");
            alice.sees("#status-text", is("Reconnected."));
        }
    }

    @Test
    void keepsThePageUsableMeanwhile() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.expects(".*ERR_CONNECTION_REFUSED.*");
            alice.sees("#users .who", is("alice"));
            chat.kill();
            alice.sees("#status-text", is("Connection lost."));
            alice.go("#elsewhere");
            alice.sees("#status-text", is("Not connected."));
            alice.sees("#countdown", containsString("Trying again"));
            alice.sees("#status-text", is("Connection lost."));
            alice.chooseForMyself("Leave Weir");
            alice.awaits(() -> alice.isShown("#name"), is(true));
        }
    }

    @Test
    void showsThatTheServerIsFull() {
        try (Chat chat = Chat.start(directory, Map.of("MAX_CONNECTIONS", "40"));
                Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.at(chat, "#fishing")) {
            bob.expects(".*WebSocket.*");
            bob.expects(".*503.*");
            bob.fill("#name", "bob");
            List<TestClient> crowd = fill(chat.page().getPort());
            bob.press("#go");
            bob.sees("#progress", is("The server is full. Trying again …"));
            crowd.forEach(TestClient::close);
            bob.awaitChat();
            alice.sees("#users .who", containsString("bob"));
        }
    }

    /** Uses all connections that are left; the pages have some. */
    private static List<TestClient> fill(int port) {
        List<TestClient> crowd = new ArrayList<>();
        String first = "connection";
        while (first.equals("connection")) {
            TestClient client = TestClient.open(port, "/crowd");
            first = client.next().get("type").asString();
            crowd.add(client);
        }
        return crowd;
    }
}
